// SPDX-License-Identifier: Apache-2.0
#include "propose.hpp"

#include <algorithm>

#include "json_columns.hpp"
#include "open_text.hpp"
#include "sluice/utf8.hpp"

namespace sluice::file {

namespace {

constexpr std::size_t sampled_records = 1000;
constexpr std::size_t sampled_bytes = std::size_t{1} << 20;

std::string name_json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
      continue;
    }
    constexpr char digits[] = "0123456789abcdef";
    out.append("\\u00").append(1, digits[c >> 4]).append(1, digits[c & 15]);
  }
  return out + '"';
}

// The records of a sample: the first one, and the others.
class Sample {
 public:
  Sample(const ReadSettings& settings, const std::vector<Column>& columns)
      : first(columns.size()), others(columns.size()), settings_(settings), json_(columns, true) {}

  // True when the file holds a record that can be looked at.
  bool read(const std::string& path) {
    const auto cutter = open_cutter(settings_, whole_file(path));
    Record record;
    std::size_t records = 0, bytes = 0;
    if (settings_.skip_header) cutter->next(record);
    while (records < sampled_records && bytes < sampled_bytes && cutter->next(record)) {
      bytes += record.raw.size();
      const bool is_sound = record.fault == Fault::none && is_utf8(record.raw);
      if (is_sound && take(record, records == 0 ? first : others)) ++records;
    }
    return records > 0;
  }

  std::vector<TypeGuess> first, others;  // by column

 private:
  bool take(const Record& record, std::vector<TypeGuess>& guesses) {
    return settings_.format.format == Format::jsonl ? take_json(record, guesses) : take_fields(record, guesses);
  }

  bool take_fields(const Record& record, std::vector<TypeGuess>& guesses) {
    if (record.fields.size() != guesses.size()) return false;
    for (std::size_t i = 0; i < guesses.size(); ++i) {
      const std::string_view field = record.fields[i].text();
      guesses[i].see({.text = unquoted(settings_.grammar, field, scratch_),
                      .is_null = field == settings_.format.null_format});
    }
    return true;
  }

  bool take_json(const Record& record, std::vector<TypeGuess>& guesses) {
    using Kind = JsonValue::Kind;
    if (json_.read(record.raw, values_) != nullptr) return false;
    for (std::size_t i = 0; i < guesses.size(); ++i) {
      const Kind kind = values_[i].kind;
      guesses[i].see({.text = values_[i].text,
                      .is_null = kind == Kind::null,
                      .is_text = kind == Kind::string,
                      .is_nested = kind == Kind::object || kind == Kind::array});
    }
    return true;
  }

  const ReadSettings& settings_;
  JsonColumns json_;
  std::vector<JsonValue> values_;
  std::string scratch_;
};

// Words, and something else below them in one column at least.
bool looks_like_header(const Sample& sample) {
  const auto is_words = [](const TypeGuess& guess) { return guess.is_words(); };
  return std::ranges::all_of(sample.first, is_words) && !std::ranges::all_of(sample.others, [](const TypeGuess& guess) {
    return guess.json() == TypeGuess().json();
  });
}

}  // namespace

Proposal propose(const ReadSettings& settings, const std::vector<Column>& columns,
                 const std::vector<std::string>& files) {
  Sample sample(settings, columns);
  for (const std::string& path : files)
    if (sample.read(path)) break;
  Proposal proposal;
  const bool is_json = settings.format.format == Format::jsonl;
  proposal.has_header = !is_json && !settings.skip_header && looks_like_header(sample);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string place = is_json ? "" : "\"index\": " + std::to_string(i) + ", ";
    const std::string& name = is_json ? columns[i].source : columns[i].name;
    proposal.columns.push_back("{" + place + "\"name\": " + name_json(name) + ", " +
                               sample.first[i].joined(sample.others[i]).json() + "}");
  }
  return proposal;
}

}  // namespace sluice::file
