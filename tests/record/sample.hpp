// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <vector>

#include "record/cast.hpp"
#include "record/fault.hpp"
#include "record/value.hpp"

namespace sluice::record {

// For messages of failed assertions.
inline std::ostream& boost_test_print_type(std::ostream& out, const Type& type) { return out << name_of(type); }
inline std::ostream& boost_test_print_type(std::ostream& out, Fault fault) { return out << "fault " << code_of(fault); }

// Every column type once, decimals and timestamps in more than one shape.
inline const std::vector<Type>& all_types() {
  static const std::vector<Type> types{
      {TypeId::null_},
      {TypeId::boolean},
      {TypeId::int8},
      {TypeId::int16},
      {TypeId::int32},
      {TypeId::int64},
      {TypeId::uint8},
      {TypeId::uint16},
      {TypeId::uint32},
      {TypeId::uint64},
      {TypeId::float32},
      {TypeId::float64},
      {TypeId::decimal128, 38, 10},
      {TypeId::decimal128, 5, 2},
      {TypeId::decimal256, 76, 20},
      {TypeId::utf8},
      {TypeId::large_utf8},
      {TypeId::binary},
      {TypeId::large_binary},
      {TypeId::date32},
      {TypeId::time64_us},
      {TypeId::time64_ns},
      {.id = TypeId::timestamp_us},
      {.id = TypeId::timestamp_us, .utc = true},
      {.id = TypeId::timestamp_ns},
      {.id = TypeId::timestamp_ns, .utc = true},
      {TypeId::duration_us},
  };
  return types;
}

inline Schema one_column(const Type& type, Metadata metadata = {}) {
  return Schema::make({{"x", type, true, std::move(metadata)}});
}

using Cells = std::vector<std::optional<std::string>>;

// One column of the given texts; nothing is NULL. Fails the test when a text is not a value of the type.
inline Batch batch_of(const Type& type, const Cells& cells) {
  std::vector<boost::json::array> rows;
  for (const auto& cell : cells) {
    boost::json::value value;
    if (cell) value = boost::json::string(*cell);
    if (cell && is_binary(type.id)) value = boost::json::object{{"base64", *cell}};
    rows.push_back({value});
  }
  auto batch = batch_from_json(one_column(type), rows);
  BOOST_TEST_REQUIRE(batch.has_value(), (batch ? "" : batch.error()));
  return std::move(*batch);
}

// What became of one cell: its text, or "!" and the code of the fault.
inline std::vector<std::string> cast_cells(const Schema& from, const Schema& to, SharedBatch input,
                                           const CastOptions& options = {}) {
  const auto cast = Cast::plan(from, to, options);
  if (!cast) return {"problem: " + cast.error().front().text};
  std::vector<std::string> answers(static_cast<std::size_t>(input->rows()), "lost");
  const CastResult result = cast->apply(input, [&](const BadRecord& bad) {
    BOOST_TEST(!bad.message.empty());
    answers.at(static_cast<std::size_t>(bad.row)) = "!" + std::string(bad.code);
  });
  for (std::int64_t row = 0; row < result.batch->rows(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    const auto source = result.rows.empty() ? at : static_cast<std::size_t>(result.rows.at(at));
    BOOST_TEST(answers.at(source) == "lost");
    answers.at(source) = text_of(*result.batch, to, row, 0);
  }
  return answers;
}

inline std::string cast_text(const Type& from, const std::string& text, const Type& to,
                             const CastOptions& options = {}) {
  return cast_cells(one_column(from), one_column(to), share(batch_of(from, {text})), options).front();
}

}  // namespace sluice::record
