import { writeFile } from "node:fs/promises";

/**
 * Writes a language model of a few hundred kilobytes whose weights are noise: a real GGUF (version
 * 3, architecture llama) that llama.cpp loads and that says nonsense. The noise is always the same.
 */
export async function writeTinyGguf(path: string): Promise<void> {
  const tensors = tensorsOf();
  const header = new GgufBytes();
  header.raw("GGUF").u32(3).u64(tensors.length).u64(METADATA.length);
  for (const [key, value] of METADATA) header.text(key).value(value);
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    header.text(name).u32(shape.length);
    for (const size of shape) header.u64(size);
    header.u32(FLOAT32).u64(offset);
    offset += aligned(data.byteLength);
  }
  header.pad();
  for (const { data } of tensors) header.bytes(new Uint8Array(data.buffer)).pad();
  await writeFile(path, header.concat());
}

const WIDTH = 64;
const LAYERS = 2;
const HEADS = 4;
const KEY_HEADS = 2;
const INNER = 128;
const CONTEXT = 2048;
const FLOAT32 = 0;
const ALIGNMENT = 32;

const aligned = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Types of metadata values (GGUF specification). */
const UINT32 = 4;
const INT32 = 5;
const FLOAT = 6;
const STRING = 8;
const ARRAY = 9;

type Value =
  | { readonly type: typeof UINT32 | typeof INT32 | typeof FLOAT; readonly number: number }
  | { readonly type: typeof STRING; readonly text: string }
  | { readonly type: typeof ARRAY; readonly of: number; readonly items: readonly Value[] };

const u32 = (number: number): Value => ({ type: UINT32, number });
const text = (string: string): Value => ({ type: STRING, text: string });
const list = (of: number, items: readonly Value[]): Value => ({ type: ARRAY, of, items });

/** Tokens: three of control, each byte, and the letters that a Serbian answer is made of. */
const LETTERS = Array.from("▁abcdefghijklmnopqrstuvwxyzабвгдђежзијклљмнњопрстћуфхцчџш.,!?");
const TOKENS: readonly (readonly [token: string, kind: number])[] = [
  ["<unk>", 2],
  ["<s>", 3],
  ["</s>", 3],
  ...Array.from(
    { length: 256 },
    (_, byte) => [`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`, 6] as const,
  ),
  ...LETTERS.map((letter) => [letter, 1] as const),
];

const TEMPLATE =
  "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}" +
  "{% if add_generation_prompt %}assistant: {% endif %}";

const METADATA: readonly (readonly [key: string, value: Value])[] = [
  ["general.architecture", text("llama")],
  ["general.name", text("noise")],
  ["general.file_type", u32(FLOAT32)],
  ["llama.context_length", u32(CONTEXT)],
  ["llama.embedding_length", u32(WIDTH)],
  ["llama.block_count", u32(LAYERS)],
  ["llama.feed_forward_length", u32(INNER)],
  ["llama.attention.head_count", u32(HEADS)],
  ["llama.attention.head_count_kv", u32(KEY_HEADS)],
  ["llama.rope.dimension_count", u32(WIDTH / HEADS)],
  ["llama.attention.layer_norm_rms_epsilon", { type: FLOAT, number: 1e-5 }],
  ["llama.vocab_size", u32(TOKENS.length)],
  ["tokenizer.ggml.model", text("llama")],
  [
    "tokenizer.ggml.tokens",
    list(
      STRING,
      TOKENS.map(([token]) => text(token)),
    ),
  ],
  [
    "tokenizer.ggml.scores",
    list(
      FLOAT,
      TOKENS.map(([, kind], at) => ({ type: FLOAT, number: kind === 1 ? -at : 0 })),
    ),
  ],
  [
    "tokenizer.ggml.token_type",
    list(
      INT32,
      TOKENS.map(([, kind]) => ({ type: INT32, number: kind })),
    ),
  ],
  ["tokenizer.ggml.bos_token_id", u32(1)],
  ["tokenizer.ggml.eos_token_id", u32(2)],
  ["tokenizer.ggml.unknown_token_id", u32(0)],
  ["tokenizer.chat_template", text(TEMPLATE)],
];

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

function tensorsOf(): Tensor[] {
  const noise = noiseSource();
  const weights = (name: string, ...shape: number[]): Tensor => {
    const size = shape.reduce((product, side) => product * side, 1);
    return { name: `${name}.weight`, shape, data: Float32Array.from({ length: size }, noise) };
  };
  const norm = (name: string): Tensor => ({
    name: `${name}.weight`,
    shape: [WIDTH],
    data: new Float32Array(WIDTH).fill(1),
  });
  const keyWidth = (WIDTH / HEADS) * KEY_HEADS;
  const layers = Array.from({ length: LAYERS }, (_, at) => `blk.${at}`).flatMap((layer) => [
    norm(`${layer}.attn_norm`),
    weights(`${layer}.attn_q`, WIDTH, WIDTH),
    weights(`${layer}.attn_k`, WIDTH, keyWidth),
    weights(`${layer}.attn_v`, WIDTH, keyWidth),
    weights(`${layer}.attn_output`, WIDTH, WIDTH),
    norm(`${layer}.ffn_norm`),
    weights(`${layer}.ffn_gate`, WIDTH, INNER),
    weights(`${layer}.ffn_up`, WIDTH, INNER),
    weights(`${layer}.ffn_down`, INNER, WIDTH),
  ]);
  return [
    weights("token_embd", WIDTH, TOKENS.length),
    ...layers,
    norm("output_norm"),
    weights("output", WIDTH, TOKENS.length),
  ];
}

/** Park and Miller's generator (1988), scaled to small weights around 0. */
function noiseSource(): () => number {
  let state = 20_260_101;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647 - 0.5) * 0.4;
  };
}

/** Little-endian bytes, one after the other. */
class GgufBytes {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  bytes(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.byteLength;
    return this;
  }

  raw(ascii: string): this {
    return this.bytes(Buffer.from(ascii, "ascii"));
  }

  u32(number: number): this {
    const chunk = Buffer.alloc(4);
    chunk.writeUInt32LE(number);
    return this.bytes(chunk);
  }

  u64(number: number): this {
    const chunk = Buffer.alloc(8);
    chunk.writeBigUInt64LE(BigInt(number));
    return this.bytes(chunk);
  }

  text(string: string): this {
    const chunk = Buffer.from(string);
    return this.u64(chunk.byteLength).bytes(chunk);
  }

  value(value: Value): this {
    return this.u32(value.type).#content(value);
  }

  pad(): this {
    return this.bytes(new Uint8Array(aligned(this.#length) - this.#length));
  }

  concat(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }

  #content(value: Value): this {
    if (value.type === STRING) return this.text(value.text);
    if (value.type === ARRAY) {
      this.u32(value.of).u64(value.items.length);
      for (const item of value.items) this.#content(item);
      return this;
    }
    if (value.type === UINT32) return this.u32(value.number);
    const chunk = Buffer.alloc(4);
    if (value.type === INT32) chunk.writeInt32LE(value.number);
    else chunk.writeFloatLE(value.number);
    return this.bytes(chunk);
  }
}
