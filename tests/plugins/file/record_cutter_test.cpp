// SPDX-License-Identifier: Apache-2.0
#include "record_cutter.hpp"

#include <boost/test/unit_test.hpp>

#include "random_text.hpp"
#include "range_scan.hpp"

using namespace sluice::file;
using namespace sluice::file::tests;

namespace {

struct Seen {
  std::uint64_t line;
  Fault fault;
  std::string raw;
  std::vector<std::string> fields;

  friend bool operator==(const Seen&, const Seen&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Seen& seen) {
    out << "line " << seen.line << " fault " << static_cast<int>(seen.fault) << " [" << seen.raw << "]";
    for (const auto& field : seen.fields) out << " <" << field << ">";
    return out;
  }
};

Seen seen_of(const Record& record) {
  Seen seen{record.line, record.fault, std::string(record.raw), {}};
  if (record.fault == Fault::none)
    for (const Span& field : record.fields) seen.fields.emplace_back(field.text());
  return seen;
}

Seen seen_of(const RecordBlock& block, std::size_t index) {
  const RecordBlock::Line& line = block.lines[index];
  Seen seen{line.number, Fault::none, std::string(line.raw), {}};
  for (std::size_t i = 0; i < block.width; ++i) seen.fields.emplace_back(block.field(index, i).text());
  return seen;
}

void cut_range(const std::string& text, const Grammar& grammar, std::size_t begin, std::uint64_t line,
               std::uint64_t end, Random& random, std::vector<Seen>& all) {
  auto source = std::make_unique<PieceSource>(text, begin, std::min<std::uint64_t>(end, text.size()), random);
  RecordCutter cutter(grammar, Window(std::move(source), begin, 64 + below(random, 200)), line, end);
  Record record;
  RecordBlock block;
  do {
    block.width = 1 + below(random, 4);
    cutter.next_block(block, 1 + below(random, 20), 1 + below(random, 300));
    for (std::size_t i = 0; i < block.lines.size(); ++i) all.push_back(seen_of(block, i));
    if (!cutter.next(record)) break;
    all.push_back(seen_of(record));
  } while (true);
}

std::vector<Seen> cut(const std::string& text, const Grammar& grammar, Random& random) {
  std::vector<Seen> all;
  cut_range(text, grammar, 0, 1, std::numeric_limits<std::uint64_t>::max(), random, all);
  return all;
}

OpenText opens(const std::string& text, Random& random) {
  return [&](std::uint64_t offset) {
    auto source = std::make_unique<PieceSource>(text, offset, text.size(), random);
    return Window(std::move(source), offset, 64 + below(random, 200));
  };
}

// By the careful grammar alone, on the whole text.
std::vector<Seen> cut_by_definition(std::string text, const Grammar& grammar) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  std::vector<Seen> all;
  std::vector<Span> fields;
  const char* at = text.data();
  const char* const end = at + text.size();
  std::uint64_t line = 1;
  while (at != end) {
    const char* line_end = std::find(at, end, '\n');
    const char* next = line_end + 1;
    if (!grammar.comments || *at != grammar.comment) {
      const Cut cut = careful_cut(grammar, at, end, true, &fields);
      BOOST_REQUIRE(cut.outcome != Cut::Outcome::need_more);
      next = cut.line_goes_on ? std::find(cut.next, end, '\n') + 1 : cut.next;
      if (cut.fault == Fault::none) line_end = next - 1;
      Record record;
      record.line = line;
      record.fault = cut.fault;
      record.fields = fields;
      if (cut.line_goes_on) line_end = std::min(line_end, cut.next);
      if (line_end != at && line_end[-1] == '\r') --line_end;
      record.raw = {at, static_cast<std::size_t>(line_end - at)};
      if (!grammar.skip_empty || !record.is_empty()) all.push_back(seen_of(record));
    }
    line += static_cast<std::uint64_t>(std::count(at, next, '\n'));
    at = next;
  }
  return all;
}

Grammar random_grammar(Random& random) {
  Grammar grammar;
  grammar.has_quote = below(random, 6) != 0;
  grammar.has_delimiter = below(random, 8) != 0;
  grammar.trim = below(random, 4) == 0;
  grammar.comments = below(random, 6) == 0;
  grammar.backslash = below(random, 6) == 0;
  grammar.skip_empty = below(random, 3) != 0;
  const std::size_t limits[] = {64, 90, 200, 1 << 20};
  grammar.longest = limits[below(random, 4)];
  return grammar;
}

void require_equal(const std::vector<Seen>& got, const std::vector<Seen>& wanted, const std::string& text) {
  BOOST_TEST((got == wanted || !text.empty()));
  if (got == wanted) return;
  BOOST_TEST_MESSAGE("text: [" << text << "]");
  BOOST_REQUIRE_EQUAL_COLLECTIONS(got.begin(), got.end(), wanted.begin(), wanted.end());
}

std::vector<Seen> cut(const std::string& text, const Grammar& grammar = {}) {
  Random random(1);
  return cut(text, grammar, random);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record_cutter_test)

BOOST_AUTO_TEST_CASE(fields_and_lines) {
  const auto records = cut("a,b\r\n\"c,1\",\"d\ne\"\n\n,\nlast,one");
  const std::vector<Seen> wanted = {{1, Fault::none, "a,b", {"a", "b"}},
                                    {2, Fault::none, "\"c,1\",\"d\ne\"", {"\"c,1\"", "\"d\ne\""}},
                                    {5, Fault::none, ",", {"", ""}},
                                    {6, Fault::none, "last,one", {"last", "one"}}};
  require_equal(records, wanted, "");
}

BOOST_AUTO_TEST_CASE(a_broken_quote_costs_one_line) {
  const auto records = cut("1,\"open\n2,\"fine\"\n3,\"text\"behind\n4,in\"side\n5,\"never closed\n6,x\n");
  BOOST_REQUIRE_EQUAL(records.size(), 6u);
  // The open quote reaches to the quote before `fine`, behind which text follows.
  const std::vector<Seen> wanted = {
      {1, Fault::bad_quote, "1,\"open", {}},          {2, Fault::none, "2,\"fine\"", {"2", "\"fine\""}},
      {3, Fault::bad_quote, "3,\"text\"behind", {}},  {4, Fault::none, "4,in\"side", {"4", "in\"side"}},
      {5, Fault::open_quote, "5,\"never closed", {}}, {6, Fault::none, "6,x", {"6", "x"}}};
  require_equal(records, wanted, "");
}

BOOST_AUTO_TEST_CASE(an_open_quote_is_given_up_at_the_longest_record) {
  Grammar grammar;
  grammar.longest = 1000;
  std::string text = "1,\"open\n";
  for (int i = 0; i < 1000; ++i) text += "2,line\n";
  const auto records = cut(text, grammar);
  BOOST_REQUIRE_EQUAL(records.size(), 1001u);
  BOOST_TEST((records[0].fault == Fault::open_quote));
  BOOST_TEST(records[1000].line == 1001u);
}

BOOST_AUTO_TEST_CASE(a_line_without_end_is_one_long_record) {
  Grammar grammar;
  grammar.longest = 1000;
  const auto records = cut(std::string(50000, 'x') + "\n2,b\n", grammar);
  BOOST_REQUIRE_EQUAL(records.size(), 2u);
  BOOST_TEST((records[0].fault == Fault::too_long));
  BOOST_TEST(records[0].raw.size() == 1001u);
  BOOST_TEST(records[1].line == 2u);
}

BOOST_AUTO_TEST_CASE(comments_and_blanks) {
  Grammar grammar;
  grammar.comments = grammar.trim = true;
  const auto records = cut("# \"a\n 1 , \"x \" \n#,\n2,\t\n", grammar);
  BOOST_REQUIRE_EQUAL(records.size(), 2u);
  BOOST_TEST(records[0].line == 2u);
  BOOST_TEST(records[0].fields[0] == "1");
  BOOST_TEST(records[0].fields[1] == "\"x \"");
  BOOST_TEST(records[1].fields[1] == "");
}

BOOST_AUTO_TEST_CASE(agrees_with_the_definition_on_random_texts) {
  const auto seed = chosen_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  Random random(seed);
  for (int i = 0; i < 12000; ++i) {
    const Grammar grammar = random_grammar(random);
    const std::string text = random_text(random, 600);
    BOOST_TEST_INFO_SCOPE("quote " << grammar.has_quote << " delimiter " << grammar.has_delimiter << " trim "
                                   << grammar.trim << " comments " << grammar.comments << " backslash "
                                   << grammar.backslash << " longest " << grammar.longest);
    require_equal(cut(text, grammar, random), cut_by_definition(text, grammar), text);
  }
}

BOOST_AUTO_TEST_CASE(ranges_begin_with_the_first_record_behind_a_cut) {
  Random random(1);
  std::string text;
  for (int i = 0; i < 100; ++i) text += "abc,def\n";
  for (const std::size_t threads : {1, 2, 7}) {
    const auto starts =
        scan_ranges(Grammar{}, opens(text, random), text.size(), {3, 80, 81, 82, 408, 409, 795, 900}, threads, [] {});
    std::vector<std::uint64_t> offsets, lines;
    for (const RangeStart& start : starts) offsets.push_back(start.offset), lines.push_back(start.line);
    BOOST_TEST(offsets == (std::vector<std::uint64_t>{0, 8, 80, 88, 408, 416}));
    BOOST_TEST(lines == (std::vector<std::uint64_t>{1, 2, 11, 12, 52, 53}));
  }
}

BOOST_AUTO_TEST_CASE(a_scan_by_several_threads_does_not_take_line_feeds_in_quotes_for_ends) {
  Random random(1);
  std::string text = "a,b\n\"";
  for (int i = 0; i < 100; ++i) text += "c,d\n";
  text += "\"\n";
  const std::uint64_t last = text.size();
  text += "e,f\ng,h\n";
  const auto starts = scan_ranges(Grammar{}, opens(text, random), text.size(), {100, 200, 300, last}, 4, [] {});
  BOOST_REQUIRE(starts.size() == 2u);
  BOOST_TEST(starts[1].offset == last);
  BOOST_TEST(starts[1].line == 103u);
}

BOOST_AUTO_TEST_CASE(a_scan_goes_on_where_a_guess_in_the_middle_was_wrong) {
  Random random(1);
  std::string text;
  while (text.size() < 2000) text += "abc,def\n";
  text += "\"";
  while (text.size() < 5000) text += "abc,def\n";
  text += "\"\n";
  const std::uint64_t behind = text.size();
  while (text.size() < 8000) text += "abc,def\n";
  const auto starts = scan_ranges(Grammar{}, opens(text, random), text.size(), {1000, 3000, 6000, 7000}, 8, [] {});
  std::vector<std::uint64_t> offsets, lines;
  for (const RangeStart& start : starts) offsets.push_back(start.offset), lines.push_back(start.line);
  const auto first_at = [&](std::uint64_t cut) { return behind + (cut - behind + 7) / 8 * 8; };
  BOOST_TEST(offsets == (std::vector<std::uint64_t>{0, 1000, behind, first_at(6000), first_at(7000)}));
  for (std::size_t i = 0; i < offsets.size(); ++i)
    BOOST_TEST(lines[i] == 1u + static_cast<std::uint64_t>(std::count(
                                    text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offsets[i]), '\n')));
}

BOOST_AUTO_TEST_CASE(a_scan_by_several_threads_begins_behind_a_byte_order_mark) {
  Random random(1);
  std::string text = "\xEF\xBB\xBF";
  for (int i = 0; i < 100; ++i) text += "abc,def\n";
  const OpenText open = [&](std::uint64_t offset) {
    Window window = opens(text, random)(offset);
    if (offset == 0) {
      while (window.size() < 3) window.more();
      window.drop_to(window.begin() + 3);
    }
    return window;
  };
  for (const std::size_t threads : {1, 2}) {
    const auto starts = scan_ranges(Grammar{}, open, text.size(), {2, 3, 403, 411, 412}, threads, [] {});
    std::vector<std::uint64_t> offsets;
    for (const RangeStart& start : starts) offsets.push_back(start.offset);
    BOOST_TEST(offsets == (std::vector<std::uint64_t>{3, 403, 411, 419}));
  }
}

BOOST_AUTO_TEST_CASE(a_scan_ends_with_what_the_pause_throws) {
  Random random(1);
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "abc,def\n";
  for (const int calls : {1, 2, 5}) {
    const auto stop = [left = calls]() mutable {
      if (--left == 0) throw std::runtime_error("stopped");
    };
    BOOST_CHECK_THROW(scan_ranges(Grammar{}, opens(text, random), text.size(), {7000}, 3, stop), std::runtime_error);
  }
}

BOOST_AUTO_TEST_CASE(ranges_equal_the_whole_on_random_texts) {
  const auto seed = chosen_seed();
  BOOST_TEST_INFO_SCOPE("SLUICE_SEED=" << seed);
  Random random(seed);
  std::size_t many = 0;
  for (int i = 0; i < 8000; ++i) {
    Grammar grammar = random_grammar(random);
    grammar.backslash = grammar.comments = false;
    BOOST_REQUIRE(grammar.can_be_cut());
    const std::string text = random_text(random, 3000);
    std::vector<std::uint64_t> cuts;
    for (std::uint64_t cut = 0; cut < text.size() + 500; cuts.push_back(cut)) cut += 1 + below(random, 500);
    const std::size_t threads = i % 4 == 0 ? 2 + below(random, 3) : 1;
    const auto starts = scan_ranges(grammar, opens(text, random), text.size(), cuts, threads, [] {});
    std::vector<Seen> together;
    for (std::size_t at = 0; at < starts.size(); ++at) {
      const std::uint64_t end = at + 1 < starts.size() ? starts[at + 1].offset : text.size();
      BOOST_REQUIRE(at == 0 || starts[at].offset > starts[at - 1].offset);
      cut_range(text, grammar, starts[at].offset, starts[at].line, end, random, together);
    }
    many += starts.size() > 3 ? 1 : 0;
    require_equal(together, cut(text, grammar, random), text);
  }
  BOOST_TEST(many > 2000u);
}

BOOST_AUTO_TEST_SUITE_END()
