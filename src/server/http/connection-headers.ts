/**
 * Takes out headers that HTTP/2 forbids (RFC 9113 §8.2.2): with them a streamed answer ends the
 * process (honojs/hono#4041).
 */
export async function withoutConnectionHeaders(
  answer: Response | Promise<Response>,
): Promise<Response> {
  const { headers } = await answer;
  headers.delete("connection");
  headers.delete("transfer-encoding");
  return answer;
}
