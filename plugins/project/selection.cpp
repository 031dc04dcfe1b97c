// SPDX-License-Identifier: Apache-2.0
#include "selection.hpp"

#include <sluice/suggest.hpp>

#include <span>
#include <utility>

namespace sluice::project {

namespace {

constexpr size_t most_listed = 30;

std::vector<std::string> names_of(const Schema& schema) {
  std::vector<std::string> names;
  for (const auto& field : schema.fields()) names.push_back(field.name);
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : std::span(names).first(std::min(names.size(), most_listed)))
    text += (text.empty() ? "" : ", ") + name;
  if (names.size() > most_listed) text += ", and " + std::to_string(names.size() - most_listed) + " more";
  return text;
}

std::optional<size_t> find_name(const Wish& wish, const std::vector<std::string>& names, const Context& context) {
  std::optional<size_t> found;
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] != wish.name) continue;
    if (found) {
      context.error(wish.path, "several columns arrive under this name: \"" + wish.name + "\"",
                    "choose one by position: {\"index\": " + std::to_string(*found) + "}");
      return std::nullopt;
    }
    found = i;
  }
  if (found) return found;
  const std::string meant = did_you_mean(wish.name, names);
  context.error(wish.path, "no such column: \"" + wish.name + "\"",
                meant + (meant.empty() ? "" : " ") + "the columns are " + listed(names));
  return std::nullopt;
}

std::optional<size_t> find_column(const Wish& wish, const std::vector<std::string>& names, const Context& context) {
  if (!wish.index) return find_name(wish, names, context);
  const auto index = static_cast<size_t>(*wish.index);
  if (index < names.size()) return index;
  context.error(wish.path, "no column at this position: " + std::to_string(index),
                "positions run from 0 to " + std::to_string(names.size() - 1) + ": " + listed(names));
  return std::nullopt;
}

}  // namespace

std::vector<Wish> read_wishes(const Context& context) {
  std::vector<Wish> wishes;
  for (size_t i = 0; i < context.size("column"); ++i) {
    const std::string path = Context::element("column", i);
    if (auto name = context.string(path)) {
      wishes.push_back({std::move(*name), {}, {}, path});
      continue;
    }
    const auto name = context.string(path + ".name");
    const auto index = context.integer(path + ".index");
    if (name.has_value() == index.has_value())
      context.error(path, "a column is chosen by its name or by its index", "give one of the two");
    else
      wishes.push_back({name.value_or(""), index, context.string(path + ".as"), path});
  }
  return wishes;
}

std::optional<Selection> select(const std::vector<Wish>& wishes, const Schema& input, const Context& context) {
  const std::vector<std::string> names = names_of(input);
  Selection selection;
  bool whole = true;
  for (const auto& wish : wishes) {
    const auto source = find_column(wish, names, context);
    whole = whole && source;
    if (!source) continue;
    Field field = input[*source];
    if (wish.as) field.name = *wish.as;
    selection.sources.push_back(*source);
    selection.schema.add(std::move(field));
  }
  return whole ? std::optional(std::move(selection)) : std::nullopt;
}

}  // namespace sluice::project
