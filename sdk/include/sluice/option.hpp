// SPDX-License-Identifier: Apache-2.0
// Declares a plugin's parameters as constants. Lint, coercion, defaults, help and templates come from them.
//
//     inline constexpr sluice::Option options[] = {
//         sluice::option("path", SLUICE_STRING | SLUICE_ARRAY, "Files to read; * and ? match").required(),
//         sluice::option("mode", SLUICE_STRING, "What to do with a file that exists")
//             .choices(sluice::words<"truncate", "append">).default_value("\"truncate\""),
//     };
//     ... sluice::option_list<options> ...
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "sluice/plugin.h"

namespace sluice {

template <size_t N>
struct Literal {
  char text[N];
  constexpr Literal(const char (&value)[N]) { std::copy_n(value, N, text); }  // NOLINT: implicit by intent
};

template <Literal Word>
inline constexpr auto literal = Word;

// A NULL-terminated static list of words.
template <Literal... Words>
inline constexpr const char* words[] = {literal<Words>.text..., nullptr};

struct Option : SluiceOption {
  constexpr Option required() const { return with(SLUICE_REQUIRED); }
  constexpr Option secret() const { return with(SLUICE_SECRET); }
  constexpr Option secret_keywords() const { return with(SLUICE_SECRET | SLUICE_KEYWORDS); }
  constexpr Option column_list() const { return with(SLUICE_COLUMN_LIST); }
  constexpr Option connection() const { return with(SLUICE_CONNECTION); }
  constexpr Option open_object() const { return with(SLUICE_OPEN_OBJECT); }
  constexpr Option sql_text() const { return with(SLUICE_SQL_TEXT); }
  constexpr Option replaces_columns() const { return with(SLUICE_REPLACES_COLUMNS); }
  constexpr Option keep_empty() const { return with(SLUICE_KEEP_EMPTY); }
  constexpr Option ignored() const { return with(SLUICE_IGNORED); }
  constexpr Option deprecated(const char* use) const { return with(SLUICE_DEPRECATED, use); }
  constexpr Option unimplemented(const char* use) const { return with(SLUICE_UNIMPLEMENTED, use); }
  constexpr Option elements(uint32_t mask) const {
    return set([&](auto& o) { o.element_types = mask; });
  }
  constexpr Option aliases(const char* const* list) const {
    return set([&](auto& o) { static_cast<SluiceOption&>(o).aliases = list; });
  }
  constexpr Option choices(const char* const* list) const {
    return set([&](auto& o) { static_cast<SluiceOption&>(o).choices = list; });
  }
  constexpr Option default_value(const char* json) const {
    return set([&](auto& o) { o.default_json = json; });
  }
  constexpr Option example(const char* json) const {
    return set([&](auto& o) { static_cast<SluiceOption&>(o).example = json; });
  }
  constexpr Option children(const SluiceOption* const* list) const {
    return set([&](auto& o) { static_cast<SluiceOption&>(o).children = list; });
  }
  constexpr Option at_least(double bound) const {
    return set([&](auto& o) { o.minimum = bound, o.flags |= SLUICE_HAS_MINIMUM; });
  }
  constexpr Option at_most(double bound) const {
    return set([&](auto& o) { o.maximum = bound, o.flags |= SLUICE_HAS_MAXIMUM; });
  }

 private:
  template <class Change>
  constexpr Option set(Change change) const {
    Option copy = *this;
    change(copy);
    return copy;
  }
  constexpr Option with(uint32_t flag, const char* text = nullptr) const {
    return set([&](auto& o) {
      o.flags |= flag;
      if (text != nullptr) o.advice = text;
    });
  }
};

// `types` is a mask of SLUICE_STRING ...; elements of an array are strings until told otherwise.
constexpr Option option(const char* name, uint32_t types, const char* description) {
  Option made{};
  made.struct_size = sizeof(SluiceOption);
  made.types = types;
  made.element_types = (types & SLUICE_ARRAY) != 0 ? SLUICE_STRING : 0;
  made.name = name;
  made.description = description;
  return made;
}

// The NULL-terminated list that SluicePlugin and SluiceOption::children want.
template <const auto& Options>
inline constexpr auto option_pointers = [] {
  std::array<const SluiceOption*, std::size(Options) + 1> pointers{};
  for (size_t i = 0; i < std::size(Options); ++i) pointers[i] = &Options[i];
  return pointers;
}();

template <const auto& Options>
inline constexpr const SluiceOption* const* option_list = option_pointers<Options>.data();

}  // namespace sluice
