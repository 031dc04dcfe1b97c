// SPDX-License-Identifier: Apache-2.0
#include "postgresql/sort_out.hpp"

#include "postgresql/copy_in.hpp"
#include "postgresql/encoder.hpp"
#include "postgresql/failure.hpp"

namespace sluice::postgresql {

namespace {

constexpr const char* chunk = "256";

std::string create_tables(const Target& target) {
  std::string columns;
  for (size_t i = 0; i < target.written.size(); ++i) columns += ", c" + std::to_string(i + 1) + " bytea";
  return "DROP TABLE IF EXISTS pg_temp.sluice_rows, pg_temp.sluice_bad;"
         "CREATE TEMPORARY TABLE sluice_rows (n bigint PRIMARY KEY" +
         columns +
         ") ON COMMIT DROP;"
         "CREATE TEMPORARY TABLE sluice_bad (n bigint, state text, message text, name text) ON COMMIT DROP;";
}

// Tries one record. sluice_state holds its SQLSTATE afterwards, NULL when it went well.
std::string try_record(const Target& target, const std::string& immediate) {
  return "BEGIN " + target.insert_head() + "SELECT " + target.converted("sluice_r") + target.on_conflict + ";" +
         " GET DIAGNOSTICS sluice_changed = ROW_COUNT; " + immediate +
         " sluice_state := NULL; sluice_ignored := sluice_ignored + 1 - sluice_changed;"
         " EXCEPTION WHEN OTHERS THEN"
         "  GET STACKED DIAGNOSTICS sluice_state = RETURNED_SQLSTATE, sluice_message = MESSAGE_TEXT,"
         "   sluice_name = COLUMN_NAME;"
         "  IF left(sluice_state, 2) IN ('08', '25', '40', '53', '55', '57', '58', 'XX') THEN RAISE; END IF;"
         " END;";
}

// The variables' names keep out of the way of the table's columns.
std::string block(const Target& target) {
  const std::string immediate = target.table.has_deferrable_constraints ? "SET CONSTRAINTS ALL IMMEDIATE;" : "";
  const std::string in_chunk =
      std::string(" FROM pg_temp.sluice_rows s WHERE s.n >= sluice_low AND s.n < sluice_low + ") + chunk;
  return "DO $sluice_block$ #variable_conflict use_column\n"
         "DECLARE sluice_r record; sluice_state text; sluice_message text; sluice_name text;"
         " sluice_changed bigint; sluice_ignored bigint := 0; sluice_low bigint := 0; sluice_progress boolean;"
         "BEGIN"
         " WHILE sluice_low <= (SELECT max(s.n) FROM pg_temp.sluice_rows s) LOOP"
         "  BEGIN " +
         target.insert_head() + "SELECT " + target.converted("s") + in_chunk + " ORDER BY s.n" + target.on_conflict +
         "; GET DIAGNOSTICS sluice_changed = ROW_COUNT; " + immediate +
         " sluice_ignored := sluice_ignored + (SELECT count(*)" + in_chunk +
         ") - sluice_changed;"
         "  EXCEPTION WHEN OTHERS THEN"
         "   FOR sluice_r IN SELECT *" +
         in_chunk + " ORDER BY s.n LOOP " + try_record(target, immediate) +
         "    IF sluice_state IS NOT NULL THEN"
         "     INSERT INTO pg_temp.sluice_bad VALUES (sluice_r.n, sluice_state, sluice_message, sluice_name);"
         "    END IF;"
         "   END LOOP;"
         "  END;"
         "  sluice_low := sluice_low + " +
         chunk +
         ";"
         " END LOOP;"
         // A record may refer to one that came later: once more, as long as that helps.
         " LOOP sluice_progress := false;"
         "  FOR sluice_r IN SELECT s.* FROM pg_temp.sluice_rows s JOIN pg_temp.sluice_bad b USING (n)"
         "    WHERE b.state = '23503' ORDER BY s.n LOOP " +
         try_record(target, immediate) +
         "   IF sluice_state IS NULL THEN"
         "    DELETE FROM pg_temp.sluice_bad b WHERE b.n = sluice_r.n; sluice_progress := true;"
         "   END IF;"
         "  END LOOP;"
         "  EXIT WHEN NOT sluice_progress;"
         " END LOOP;"
         " INSERT INTO pg_temp.sluice_bad VALUES (-1, sluice_ignored::text, '', '');"
         "END $sluice_block$;"
         "SELECT n, state, message, name FROM pg_temp.sluice_bad ORDER BY n";
}

int32_t column_named(const Target& target, std::string_view name) {
  for (size_t i = 0; i < target.wanted.size(); ++i)
    if (!name.empty() && target.wanted[i].name == name) return static_cast<int32_t>(i);
  return -1;
}

}  // namespace

int64_t sort_out(Context task, Connection& connection, const Target& target, const std::string& restart,
                 sql::RecordPiece& piece) {
  CopyIn copy(task, connection,
              restart + create_tables(target) + "COPY pg_temp.sluice_rows FROM STDIN (FORMAT binary)");
  StagingEncoder encoder(target.codecs);
  encoder.begin(copy.buffer());
  std::vector<sql::RecordPlace> places;
  piece.for_each([&](const sql::RecordPiece::Held& held, sql::RecordPlace place) {
    encoder.append(static_cast<int64_t>(places.size()), held.columns, place.row, copy.buffer());
    copy.send_when_full();
    places.push_back(place);
  });
  encoder.end(copy.buffer());
  if (const Result staged = copy.finish(); !staged.is_good()) throw connection.failure("write", staged);

  const Result verdicts = connection.execute(block(target), "write");
  for (int i = 1; i < verdicts.rows(); ++i) {
    const auto number = static_cast<size_t>(std::stoull(std::string(verdicts.text(i, 0))));
    const std::string state(verdicts.text(i, 1));
    piece.refuse({.place = places.at(number),
                  .column = column_named(target, verdicts.text(i, 3)),
                  .code = std::string(code_of_record(state)),
                  .message = std::string(verdicts.text(i, 2)),
                  .sqlstate = state});
  }
  return verdicts.rows() == 0 || !target.ignores_conflicts ? 0 : std::stoll(std::string(verdicts.text(0, 1)));
}

}  // namespace sluice::postgresql
