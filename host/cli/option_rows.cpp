// SPDX-License-Identifier: Apache-2.0
#include "cli/option_rows.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <string_view>

#include "job/quantity.hpp"

namespace sluice::cli {
namespace {

using job::Option;
using job::OptionTable;

std::string value_text(const boost::json::value& value, const Option& option) {
  return value.is_number() ? job::quantity_text(value.to_number<double>(), option.types)
                           : boost::json::serialize(value);
}

std::string range_text(const Option& option) {
  std::string low = option.has(SLUICE_HAS_MINIMUM) ? job::quantity_text(option.minimum, option.types) : "";
  std::string high = option.has(SLUICE_HAS_MAXIMUM) ? job::quantity_text(option.maximum, option.types) : "";
  if (!low.empty() && !high.empty()) return "From " + low + " to " + high + ".";
  if (!low.empty()) return "At least " + low + ".";
  return high.empty() ? "" : "At most " + high + ".";
}

void end_sentence(std::string& text) {
  if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
}

// "text" and "more" become "text. More".
void append_sentence(std::string& text, const std::string& more) {
  if (more.empty()) return;
  end_sentence(text);
  if (!text.empty()) text += ' ';
  std::size_t start = text.size();
  text += more;
  if (text[start] >= 'a' && text[start] <= 'z') text[start] = static_cast<char>(text[start] - 'a' + 'A');
}

// "an integer or a size such as 4MiB" -> "integer or size": a table needs no articles and no examples.
std::string type_words(const Option& option) {
  std::string words = " " + job::type_text(option.types, option.element_types);
  for (std::string_view article : {" an ", " a "}) {
    for (std::size_t at; (at = words.find(article)) != std::string::npos;) words.erase(at, article.size() - 1);
  }
  for (std::size_t at; (at = words.find(" such as ")) != std::string::npos;) {
    words.erase(at, std::min(words.find(" or ", at), words.size()) - at);
  }
  return words.substr(1);
}

// Describes options row by row.
class Writer {
 public:
  explicit Writer(const std::string& code) : code_(code) {}

  void add(const OptionTable& table, const std::string& prefix) {
    for (const Option& option : table.options()) add(option, prefix);
  }
  OptionRows take() { return std::move(result_); }

 private:
  void add(const Option& option, const std::string& prefix) {
    std::string name = prefix + option.name;
    if (option.has(SLUICE_IGNORED)) {
      result_.ignored.push_back(quoted(name));
      return;
    }
    result_.rows.push_back({quoted(name), type_words(option), default_text(option), description(option)});
    bool array = (option.types & SLUICE_ARRAY) != 0;
    add(option.children, name + (array ? "[]." : "."));
  }

  std::string quoted(const std::string& text) const { return code_ + text + code_; }

  std::string listed(const std::vector<std::string>& words) const {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + quoted(word);
    return text;
  }

  std::string default_text(const Option& option) const {
    if (option.has(SLUICE_REQUIRED)) return "required";
    return option.default_value ? quoted(value_text(*option.default_value, option)) : "";
  }

  std::string description(const Option& option) const {
    std::string text = option.description;
    auto add_sentence = [&](const std::string& sentence) { append_sentence(text, sentence); };
    if (option.has(SLUICE_UNIMPLEMENTED)) add_sentence("Not implemented: a job that sets it is refused.");
    if (option.has(SLUICE_DEPRECATED)) add_sentence("Deprecated.");
    add_sentence(option.advice);
    if (option.has(SLUICE_SECRET)) add_sentence("Secret: never shown or stored.");
    if (!option.choices.empty()) add_sentence("One of " + listed(option.choices) + ".");
    add_sentence(range_text(option));
    if (!option.aliases.empty()) add_sentence("Also written " + listed(option.aliases) + ".");
    end_sentence(text);
    if (option.example) add_sentence("Example: " + quoted(boost::json::serialize(*option.example)));
    return text;
  }

  std::string code_;
  OptionRows result_{{{"Parameter", "Type", "Default", "Description"}}, {}};
};

boost::json::array strings_json(const std::vector<std::string>& texts) {
  boost::json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

boost::json::object option_json(const Option& option) {
  boost::json::object object{{"name", option.name},
                             {"type", job::type_text(option.types, option.element_types)},
                             {"required", option.has(SLUICE_REQUIRED)},
                             {"secret", option.has(SLUICE_SECRET)},
                             {"deprecated", option.has(SLUICE_DEPRECATED)},
                             {"ignored", option.has(SLUICE_IGNORED)},
                             {"implemented", !option.has(SLUICE_UNIMPLEMENTED)},
                             {"description", option.description}};
  if (!option.aliases.empty()) object["aliases"] = strings_json(option.aliases);
  if (!option.choices.empty()) object["choices"] = strings_json(option.choices);
  if (option.default_value) object["default"] = *option.default_value;
  if (option.has(SLUICE_HAS_MINIMUM)) object["minimum"] = option.minimum;
  if (option.has(SLUICE_HAS_MAXIMUM)) object["maximum"] = option.maximum;
  if (option.example) object["example"] = *option.example;
  if (!option.advice.empty()) object["advice"] = option.advice;
  if (!option.children.empty()) object["options"] = options_json(option.children);
  return object;
}

}  // namespace

OptionRows option_rows(const OptionTable& table, const std::string& code) {
  Writer writer(code);
  writer.add(table, "");
  return writer.take();
}

boost::json::array options_json(const OptionTable& table) {
  boost::json::array array;
  for (const Option& option : table.options()) array.push_back(option_json(option));
  return array;
}

}  // namespace sluice::cli
