// Prints all that mdb-reader finds in an Access file, as JSON: per table its columns and rows.
import { readFileSync } from "node:fs";
import MDBReader from "mdb-reader";

const reader = new MDBReader(readFileSync(process.argv[2]));
const tables = {};
for (const name of reader.getTableNames()) {
  const table = reader.getTable(name);
  const columns = table.getColumns().map((c) => ({ name: c.name, type: c.type, size: c.size, auto: c.autoLong }));
  tables[name] = { columns, rows: table.getData() };
}
process.stdout.write(JSON.stringify(tables));
