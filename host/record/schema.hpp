// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sluice/arrow_c_data.h>

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/type.hpp"

namespace sluice::record {

using Metadata = std::vector<std::pair<std::string, std::string>>;

// One column of a schema.
struct Field {
  std::string name;
  Type type;
  bool nullable = true;
  Metadata metadata;

  // The value of a metadata key (SLUICE_META_LENGTH ...), nothing when it is not there.
  std::optional<std::string_view> find(std::string_view key) const;
  // sluice.length as a number; nothing when absent or not a positive number.
  std::optional<std::int64_t> length() const;
  // sluice.required is "1".
  bool required() const;

  friend bool operator==(const Field&, const Field&) = default;
};

// The shape of a table, owned. It keeps its fields as values and an ArrowSchema of them for plugins to read.
// Nothing in it points into a plugin's memory.
//
//   auto schema = Schema::take(&raw);            // raw is released, whatever the answer
//   if (!schema) return schema.error();          // what is wrong with it
//   writer->describe(instance, &schema->raw(), ...);
//
// Move-only; reading is safe from any thread.
class Schema {
 public:
  static constexpr std::int64_t max_columns = 10'000;

  Schema() = default;  // no columns; raw() is released
  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  ~Schema();

  // Takes the schema that a plugin answered with: checked, read, and released. The error says what is wrong.
  static boost::system::result<Schema, std::string> take(ArrowSchema* raw);
  // The same from a schema that stays the caller's.
  static boost::system::result<Schema, std::string> read(const ArrowSchema& raw);
  static Schema make(std::vector<Field> fields, Metadata metadata = {});
  Schema clone() const;

  std::size_t size() const { return fields_.size(); }
  const Field& field(std::size_t column) const { return fields_[column]; }
  const Type& type(std::size_t column) const { return fields_[column].type; }
  const std::vector<Field>& fields() const { return fields_; }
  const Metadata& metadata() const { return metadata_; }

  // For plugins to look at; valid as long as this object, where it stands now or is moved to.
  const ArrowSchema& raw() const { return raw_; }
  // A new ArrowSchema, the caller's: `out` must be released by whoever gets it.
  void release_to(ArrowSchema* out) const;

  friend bool operator==(const Schema& a, const Schema& b) {
    return a.fields_ == b.fields_ && a.metadata_ == b.metadata_;
  }

 private:
  std::vector<Field> fields_;
  Metadata metadata_;
  ArrowSchema raw_{};
};

// What is wrong with a schema that a plugin answered with; empty when nothing is. Every problem that pointers alone
// can show is found: a released struct, missing children, formats that do not exist or are not carried, nesting,
// dictionaries, too many columns, names and metadata that are not UTF-8.
std::string check(const ArrowSchema&);

// How messages name a column: "column 3 'price'", by position from 1.
std::string label_of(std::size_t column, std::string_view name);

}  // namespace sluice::record
