// Reads JSON documents, one per line, and answers each with a line: a JSON array of what the schema has against it.
// node validate.mjs SCHEMA_FILE
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Ajv2020 from "ajv/dist/2020.js";

const valid = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(process.argv[2], "utf8")));
for await (const line of createInterface({ input: process.stdin })) {
  const errors = valid(JSON.parse(line)) ? [] : valid.errors.map(error => `${error.instancePath} ${error.message}`);
  process.stdout.write(JSON.stringify(errors) + "\n");
}
