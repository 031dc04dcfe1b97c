// SPDX-License-Identifier: Apache-2.0
//
// The host's view of an option table: everything that is known about the keys of an object of the script. Made once
// from a plugin's static SluiceOption list (or by hand, for `setting`), read-only afterwards and then usable
// from any thread. Owns all its text.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sluice/plugin.h"

namespace sluice::job {

struct Option;

// A flag of the host's own, beside those of plugin.h: the value is passed on as it stands, somebody else looks at it.
inline constexpr std::uint32_t verbatim = 1U << 31;

class OptionTable {
 public:
  OptionTable() = default;
  explicit OptionTable(std::vector<Option> options);

  // Refuses a table that contradicts itself; the error says which option and why.
  static boost::system::result<OptionTable, std::string> from_plugin(const SluiceOption* const* options);

  const std::vector<Option>& options() const { return options_; }
  bool empty() const { return options_.empty(); }
  // By name or alias, exactly.
  const Option* find(std::string_view key) const;
  // All names and aliases, for "did you mean".
  std::vector<std::string> keys() const;
  // The option with SLUICE_COLUMN_LIST, if there is one.
  const Option* column_list() const;

 private:
  std::vector<Option> options_;
};

struct Option {
  std::string name;
  std::uint32_t types = SLUICE_STRING;  // mask, as in plugin.h
  std::uint32_t element_types = 0;
  std::uint32_t flags = 0;
  std::vector<std::string> aliases;
  std::optional<boost::json::value> default_value;  // coerced already
  std::vector<std::string> choices;
  double minimum = 0;  // only with SLUICE_HAS_MINIMUM
  double maximum = 0;
  std::string description;
  std::optional<boost::json::value> example;
  std::string advice;
  OptionTable children;

  bool has(std::uint32_t flag) const { return (flags & flag) != 0; }
  // An object whose keys are not checked.
  bool open() const { return has(SLUICE_OPEN_OBJECT) || children.empty(); }
};

// "string or array of objects", for messages and documentation.
std::string type_text(std::uint32_t types, std::uint32_t element_types);

// A copy without the secrets: their values become "***". Works on what the user wrote too: other spellings of a secret
// key count as that key.
boost::json::object redacted(const boost::json::object& given, const OptionTable& table);

}  // namespace sluice::job
