// SPDX-License-Identifier: Apache-2.0
// The benchmark's data, as csv on standard output, and the checksum of what arrived.
//
//     generate L 3000000 > lineitem.csv      row i depends on i alone, so any range can be made again
//     generate check FILE...                 records and the sum of their hashes: the order does not matter
//
// L: 16 columns like TPC-H's lineitem.  T: 19 like taxi rides, with NULLs (empty fields), timestamps, doubles.
// W: 105, 40 % of them text with quotes, newlines and UTF-8.  K: snowflake-like keys with huge gaps, and a string twin.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

// The numbers of one row, in the order in which they are drawn.
class Draw {
 public:
  explicit Draw(uint64_t row) : state_(mix(row * 0xD1342543DE82EF95 + 1)) {}
  uint64_t below(uint64_t bound) {
    state_ += 0x9E3779B97F4A7C15;
    return static_cast<uint64_t>((static_cast<unsigned __int128>(mix(state_)) * bound) >> 64);
  }
  uint64_t between(uint64_t low, uint64_t high) { return low + below(high - low + 1); }

 private:
  uint64_t state_;
};

class Line {
 public:
  explicit Line(std::string& out) : out_(out) {}
  void text(std::string_view value) { begin(), out_ += value; }
  void number(uint64_t value) { begin(), digits(value, 1); }
  void cents(uint64_t value) { begin(), digits(value / 100, 1), out_ += '.', digits(value % 100, 2); }
  void null() { begin(); }
  void day(uint64_t since_1992) { begin(), date(since_1992); }
  void time(uint64_t seconds_since_1992) {
    begin(), date(seconds_since_1992 / 86400), out_ += ' ';
    digits(seconds_since_1992 / 3600 % 24, 2), out_ += ':';
    digits(seconds_since_1992 / 60 % 60, 2), out_ += ':', digits(seconds_since_1992 % 60, 2);
  }
  void real(double value) {
    char digits[32];
    begin(), out_.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }
  void quoted(std::string_view value) {
    begin(), out_ += '"';
    for (const char c : value) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }
  void end() { out_ += '\n'; }

 private:
  void begin() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  void digits(uint64_t value, int least) {
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    for (auto missing = least - (end - text); missing > 0; --missing) out_ += '0';
    out_.append(text, end);
  }
  // Civil date from a day number, by the Gregorian calendar's 400-year cycle.
  void date(uint64_t since_1992) {
    const uint64_t z = since_1992 + 8035 + 719468, era = z / 146097, doe = z % 146097;
    const uint64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const uint64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), month = (5 * doy + 2) / 153;
    const uint64_t m = month < 10 ? month + 3 : month - 9;
    digits(yoe + era * 400 + (m <= 2), 4), out_ += '-', digits(m, 2), out_ += '-';
    digits(doy - (153 * month + 2) / 5 + 1, 2);
  }

  std::string& out_;
  bool first_ = true;
};

constexpr std::string_view words[] = {"furiously", "quick",    "final",   "deposits", "sleep",   "carefully",
                                      "pending",   "ideas",    "above",   "the",      "regular", "accounts",
                                      "bold",      "packages", "haggle",  "among",    "silent",  "requests",
                                      "even",      "blithely", "express", "foxes",    "nag",     "slyly"};
constexpr std::string_view instructions[] = {"DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"};
constexpr std::string_view modes[] = {"REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"};

std::string sentence(Draw& draw, size_t least, size_t most) {
  std::string text;
  const size_t size = draw.between(least, most);
  while (text.size() < size) (text += words[draw.below(std::size(words))]) += ' ';
  text.resize(size);
  if (text.back() == ' ') text.back() = '.';
  return text;
}

void lineitem(uint64_t row, std::string& out) {
  Draw draw(row);
  Line line(out);
  const uint64_t quantity = draw.between(1, 50), shipped = draw.between(1, 2500);
  line.number(row / 4 * 8 + row % 4 + 1);
  line.number(draw.between(1, 200000));
  line.number(draw.between(1, 10000));
  line.number(row % 4 + 1);
  line.cents(quantity * 100);
  line.cents(quantity * draw.between(90000, 190000));
  line.cents(draw.below(11));
  line.cents(draw.below(9));
  line.text(shipped > 1250 ? "N" : draw.below(2) ? "R" : "A");
  line.text(shipped > 1250 ? "O" : "F");
  line.day(shipped);
  line.day(draw.between(30, 2500));
  line.day(shipped + draw.between(1, 30));
  line.text(instructions[draw.below(4)]);
  line.text(modes[draw.below(7)]);
  line.text(sentence(draw, 10, 43));
  line.end();
}

void taxi(uint64_t row, std::string& out) {
  Draw draw(row);
  Line line(out);
  const uint64_t start = draw.below(uint64_t{86400} * 11000), seconds = draw.between(60, 7200);
  const bool sparse = draw.below(20) == 0;
  line.number(draw.between(1, 2));
  line.time(start);
  line.time(start + seconds);
  sparse ? line.null() : line.number(draw.between(1, 6));
  line.real(static_cast<double>(seconds * draw.between(1, 300)) / 1700.0);
  sparse ? line.null() : line.number(draw.between(1, 6));
  sparse ? line.null() : line.text(draw.below(100) == 0 ? "Y" : "N");
  line.number(draw.between(1, 265));
  line.number(draw.between(1, 265));
  line.number(draw.between(1, 4));
  for (int i = 0; i < 7; ++i) line.real(static_cast<double>(draw.below(10000)) / 100.0);
  sparse ? line.null() : line.real(2.5);
  sparse ? line.null() : line.real(draw.below(10) == 0 ? 1.25 : 0.0);
  line.end();
}

void wide(uint64_t row, std::string& out) {
  Draw draw(row);
  Line line(out);
  line.number(row);
  for (int column = 1; column < 105; ++column) {
    if (column % 5 < 2) {
      std::string text = sentence(draw, 5, 60);
      switch (draw.below(12)) {
        case 0:
          text += " \"so\" it says";
          break;
        case 1:
          text += "\nnext line";
          break;
        case 2:
          text += " \xC3\xA9t\xC3\xA9, \xE6\x97\xA5\xE6\x9C\xAC \xF0\x9F\x8C\x8A";
          break;
        default:
          break;
      }
      line.quoted(text);
    } else if (draw.below(10) == 0) {
      line.null();
    } else if (column % 5 == 2) {
      line.number(draw.below(1000000));
    } else if (column % 5 == 3) {
      line.cents(draw.below(100000000));
    } else {
      line.day(draw.below(10000));
    }
  }
  line.end();
}

void keys(uint64_t row, std::string& out) {
  Draw draw(row);
  Line line(out);
  // Milliseconds above, machine and sequence below; every millionth row is years later.
  const uint64_t key = ((row / 7 + row / 1000000 * 100000000000) << 22) | (row % 7 << 12) | draw.below(4096);
  line.number(key);
  line.text("ord-" + std::to_string(mix(key)) + "-" + std::to_string(row));
  line.cents(draw.below(1000000));
  line.end();
}

int generate(std::string_view what, uint64_t rows) {
  void (*make)(uint64_t, std::string&) = what == "L"   ? lineitem
                                         : what == "T" ? taxi
                                         : what == "W" ? wide
                                         : what == "K" ? keys
                                                       : nullptr;
  if (make == nullptr) return std::cerr << "no such data; there are L, T, W and K: " << what << '\n', 2;
  std::string out;
  for (uint64_t row = 0; row < rows; ++row) {
    make(row, out);
    if (out.size() < (1 << 20) && row + 1 < rows) continue;
    if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size()) return std::perror("generate"), 1;
    out.clear();
  }
  return std::fflush(stdout) == 0 ? 0 : (std::perror("generate"), 1);
}

uint64_t hash(std::string_view text) {
  uint64_t h = text.size() * 0x9E3779B97F4A7C15;
  for (; text.size() >= 8; text.remove_prefix(8)) {
    uint64_t eight;
    std::memcpy(&eight, text.data(), 8);
    h = mix(h ^ eight);
  }
  uint64_t rest = 0;
  std::memcpy(&rest, text.data(), text.size());
  return mix(h ^ rest);
}

// "38.00" and "38" are one number.
std::string_view canonical(std::string_view field) {
  const size_t point = field.find('.');
  if (point == std::string_view::npos || field.find_first_not_of("-0123456789.") != std::string_view::npos)
    return field;
  while (field.back() == '0') field.remove_suffix(1);
  if (field.back() == '.') field.remove_suffix(1);
  return field;
}

// Adds up the records of a csv, whatever is quoted and however numbers end.
class Checksum {
 public:
  void add(std::string_view text) {
    for (const char c : text) {
      if (c == '"')
        take_quote();
      else if (quoted_ || (c != ',' && c != '\n' && c != '\r'))
        field_ += c;
      else if (c != '\r')
        end_field(c == '\n');
      previous_ = c;
    }
  }
  uint64_t records = 0, sum = 0;

 private:
  // Two in a row are one of the text's own.
  void take_quote() {
    if (!quoted_ && previous_ == '"') field_ += '"';
    quoted_ = !quoted_;
  }
  void end_field(bool last) {
    record_ = mix(record_ * 31 + hash(canonical(field_)));
    field_.clear();
    if (!last) return;
    ++records;
    sum += record_;
    record_ = 0;
  }

  std::string field_;
  uint64_t record_ = 0;
  bool quoted_ = false;
  char previous_ = 0;
};

int check(const std::vector<std::string>& files) {
  Checksum checksum;
  std::vector<char> buffer(1 << 20);
  for (const auto& name : files) {
    std::ifstream in(name, std::ios::binary);
    if (!in) return std::cerr << "cannot read " << name << '\n', 1;
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())), in.gcount() > 0)
      checksum.add({buffer.data(), static_cast<size_t>(in.gcount())});
  }
  std::cout << checksum.records << ' ' << checksum.sum << '\n';
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> given(words + 1, words + count);
  if (given.size() >= 2 && given[0] == "check") return check({given.begin() + 1, given.end()});
  if (given.size() == 2) return generate(given[0], std::strtoull(given[1].c_str(), nullptr, 10));
  std::cerr << "generate L|T|W|K ROWS, or generate check FILE...\n";
  return 2;
}
