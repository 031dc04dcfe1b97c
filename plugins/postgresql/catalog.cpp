// SPDX-License-Identifier: Apache-2.0
#include "postgresql/catalog.hpp"

#include "postgresql/dialect.hpp"

namespace sluice::postgresql {

namespace {

// One row a table: relkind, access method, schema, name.
constexpr const char* table_sql =
    "SELECT c.oid::text, c.relkind::text, coalesce(a.amname, '')::text, n.nspname::text, c.relname::text,"
    " EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.condeferrable)::text"
    " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am a ON a.oid = c.relam"
    " WHERE c.oid = to_regclass(:p1)";

// Domains are followed to the type that they are made of, which is how their values travel.
constexpr const char* column_sql =
    "WITH RECURSIVE base AS ("
    "  SELECT attnum, atttypid AS type, atttypmod AS modifier, attnotnull AS required, atthasdef AS has_default"
    "  FROM pg_attribute WHERE attrelid = :p1::oid AND attnum > 0 AND NOT attisdropped"
    " UNION ALL"
    "  SELECT b.attnum, t.typbasetype, CASE WHEN b.modifier < 0 THEN t.typtypmod ELSE b.modifier END,"
    "   b.required OR t.typnotnull, b.has_default OR t.typdefault IS NOT NULL"
    "  FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd')"
    " SELECT a.attname::text, format_type(a.atttypid, a.atttypmod)::text, b.required::text,"
    "  (b.has_default OR a.attidentity <> '')::text, (a.attgenerated <> '')::text,"
    "  coalesce(k.position, 0)::text,"
    "  t.oid::text, b.modifier::text, t.typtype::text, t.typname::text,"
    "  (pg_get_serial_sequence(:p2, a.attname::text) IS NOT NULL)::text, n.nspname::text"
    " FROM base b JOIN pg_type t ON t.oid = b.type AND t.typtype <> 'd' JOIN pg_namespace n ON n.oid = t.typnamespace"
    " JOIN pg_attribute a ON a.attrelid = :p1::oid AND a.attnum = b.attnum"
    " LEFT JOIN (pg_index i CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position))"
    "  ON i.indrelid = a.attrelid AND i.indisprimary AND k.attnum = a.attnum AND k.position <= i.indnkeyatts"
    " ORDER BY a.attnum";

// One row a column of an index: index, position, name, is it unique, is it the primary key, does it sort. Partial
// indexes and those over expressions are left out.
constexpr const char* index_sql =
    "SELECT i.indexrelid::text, a.attname::text, (i.indisunique AND i.indimmediate)::text, i.indisprimary::text,"
    " (m.amname = 'btree')::text"
    " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam"
    " CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)"
    " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum"
    " WHERE i.indrelid = :p1::oid AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL"
    "  AND k.position <= i.indnkeyatts"
    " ORDER BY i.indisprimary DESC, i.indexrelid, k.position";

constexpr const char* size_sql =
    "SELECT sum(pg_relation_size(c.oid) / current_setting('block_size')::int)::bigint::text,"
    " sum(pg_table_size(c.oid))::bigint::text,"
    " CASE WHEN bool_and(c.reltuples >= 0 AND (c.relpages > 0 OR c.reltuples = 0 AND pg_relation_size(c.oid) = 0)) THEN"
    "  sum(CASE WHEN c.relpages = 0 THEN 0 ELSE c.reltuples::float8 / c.relpages *"
    "   (pg_relation_size(c.oid) / current_setting('block_size')::int) END)::bigint END::text"
    " FROM pg_class c WHERE c.relkind IN ('r', 'm') AND (c.oid = :p1::oid"
    "  OR c.oid IN (SELECT relid FROM pg_partition_tree(:p1::oid::regclass) WHERE isleaf)"
    "  OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = :p1::oid))";

const std::string& text(const std::optional<std::string>& value) {
  static const std::string nothing;
  return value ? *value : nothing;
}
bool is_true(const std::optional<std::string>& value) { return value && *value == "true"; }

void read_columns(Connection& connection, TableInfo& table) {
  for (const Row& row : connection.rows(column_sql, {std::to_string(table.oid), table.quoted})) {
    table.shape.columns.push_back({.name = text(row[0]),
                                   .native_type = text(row[1]),
                                   .nullable = !is_true(row[2]),
                                   .has_default = is_true(row[3]),
                                   .generated = is_true(row[4]),
                                   .key = std::stoi(text(row[5]))});
    table.types.push_back({.oid = static_cast<uint32_t>(std::stoul(text(row[6]))),
                           .modifier = std::stoi(text(row[7])),
                           .kind = text(row[8])[0],
                           .name = text(row[9]),
                           .native = text(row[1]),
                           .quoted = quote_name(text(row[11])) + "." + quote_name(text(row[9]))});
    if (is_true(row[10])) table.identities.push_back(text(row[0]));
  }
}

void read_indexes(Connection& connection, TableInfo& table) {
  std::string index;
  bool is_unique = false;
  for (const Row& row : connection.rows(index_sql, {std::to_string(table.oid)})) {
    if (text(row[0]) != index) {
      index = text(row[0]);
      is_unique = is_true(row[2]);
      if (is_unique) table.shape.keys.push_back({{}, is_true(row[3])});
      if (is_true(row[4])) table.leading_columns.push_back(text(row[1]));
    }
    if (is_unique) table.shape.keys.back().columns.push_back(text(row[1]));
  }
}

}  // namespace

std::optional<TableInfo> find_table(Connection& connection, const sql::TableName& name) {
  const Rows found = connection.rows(table_sql, {name.quoted(dialect)});
  if (found.empty()) return std::nullopt;
  const Row& row = found[0];
  TableInfo table;
  table.name = name;
  table.oid = static_cast<uint32_t>(std::stoul(text(row[0])));
  table.kind = text(row[1])[0];
  table.is_heap = text(row[2]) == "heap";
  table.relation = text(row[4]);
  table.quoted = quote_name(text(row[3])) + "." + quote_name(text(row[4]));
  table.has_deferrable_constraints = is_true(row[5]);
  table.shape.table = name.text();
  table.shape.is_view = table.is_view();
  read_columns(connection, table);
  read_indexes(connection, table);
  return table;
}

TableSize size_of_table(Connection& connection, const TableInfo& table) {
  const Row row = connection.rows(size_sql, {std::to_string(table.oid)}).at(0);
  TableSize size;
  if (row[0]) size.blocks = std::stoll(*row[0]);
  if (row[1]) size.bytes = std::stoll(*row[1]);
  if (row[2]) size.records = std::stoll(*row[2]);
  return size;
}

std::vector<std::string> names_of_tables(Connection& connection) {
  std::vector<std::string> names;
  for (const Row& row : connection.rows(
           "SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname ELSE n.nspname || '.' || c.relname END::text"
           " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
           " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
           "  AND n.nspname NOT LIKE 'pg\\_t%' AND has_schema_privilege(n.oid, 'USAGE')"
           " ORDER BY pg_table_is_visible(c.oid) DESC, 1 LIMIT 1000"))
    names.push_back(text(row[0]));
  return names;
}

std::vector<ResultColumn> describe_query(Connection& connection, const std::string& query, std::string_view doing) {
  PGconn* native = connection.native();
  const Result prepared(PQprepare(native, "", query.c_str(), 0, nullptr));
  if (!prepared.is_good()) throw connection.failure(doing, prepared);
  const Result described(PQdescribePrepared(native, ""));
  if (!described.is_good()) throw connection.failure(doing, described);
  std::vector<ResultColumn> columns;
  std::string oids, modifiers;
  for (int i = 0; i < PQnfields(described.raw()); ++i) {
    ResultColumn column{PQfname(described.raw(), i), {}};
    column.type.oid = PQftype(described.raw(), i);
    column.type.modifier = PQfmod(described.raw(), i);
    oids += (i == 0 ? "" : ",") + std::to_string(column.type.oid);
    modifiers += (i == 0 ? "" : ",") + std::to_string(column.type.modifier);
    columns.push_back(std::move(column));
  }
  const Rows named = connection.rows(
      "SELECT t.typname::text, t.typtype::text, format_type(w.type, w.modifier)::text"
      " FROM unnest(:p1::oid[], :p2::int[]) WITH ORDINALITY AS w(type, modifier, position)"
      " JOIN pg_type t ON t.oid = w.type ORDER BY w.position",
      {"{" + oids + "}", "{" + modifiers + "}"});
  for (size_t i = 0; i < named.size() && i < columns.size(); ++i) {
    columns[i].type.name = text(named[i][0]);
    columns[i].type.kind = text(named[i][1]).empty() ? 'b' : text(named[i][1])[0];
    columns[i].type.native = text(named[i][2]);
  }
  return columns;
}

}  // namespace sluice::postgresql
