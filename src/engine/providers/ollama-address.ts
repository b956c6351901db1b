/** Where an Ollama listens unless it is told otherwise. */
export const OLLAMA_URL = "http://127.0.0.1:11434";
