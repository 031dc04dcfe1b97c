// SPDX-License-Identifier: Apache-2.0
#include "sqlite/script.hpp"

#include <algorithm>

#include "sql/sql_text.hpp"
#include "sql/statements.hpp"
#include "sqlite/dialect.hpp"

namespace sluice::sqlite {

namespace {

bool stands_alone(const std::string& entry) {
  const auto statements = sql::split_statements(dialect, entry);
  return std::any_of(statements.begin(), statements.end(), [](const auto& statement) {
    const std::string word = sql::first_word(dialect, statement);
    return word == "vacuum" || word == "pragma" || word == "begin" || word == "commit" || word == "end" ||
           word == "rollback" || word == "savepoint" || word == "release" || word == "attach" || word == "detach";
  });
}

}  // namespace

void run_script(Connection& connection, const std::vector<std::string>& statements, std::string_view parameter) {
  if (statements.empty()) return;
  const bool whole = std::none_of(statements.begin(), statements.end(), stands_alone);
  try {
    if (whole) connection.run("BEGIN IMMEDIATE", parameter);
    for (size_t i = 0; i < statements.size(); ++i) connection.run(statements[i], Context::element(parameter, i));
    if (whole) connection.run("COMMIT", parameter);
  } catch (...) {
    connection.roll_back();
    throw;
  }
}

}  // namespace sluice::sqlite
