import { createDraftEngine } from "../../src/draft/create-engine.ts";
import { draftTranslator } from "../../src/engine/draft-translator.ts";
import { describeTranslator } from "./translator.contract.ts";

const engine = await createDraftEngine();

describeTranslator("draft", () => draftTranslator(engine));
