// SPDX-License-Identifier: Apache-2.0
#include "open_text.hpp"

#include <charconv>
#include <cstring>

#include "descriptor.hpp"
#include "encoding.hpp"
#include "read_ahead.hpp"
#include "record_cutter.hpp"
#include "separator_cutter.hpp"
#include "sluice/utf8.hpp"

namespace sluice::file {

namespace {

// Bytes of a file from which on it is unpacked by a thread of its own.
constexpr std::uint64_t worth_a_thread = std::uint64_t{1} << 20;

struct Signature {
  std::string_view bytes;
  const char* what;
  const char* advice;
};

using namespace std::literals;

constexpr Signature signatures[] = {
    {"\x1F\x8B\x08"sv, "gzip data", "set compress to gzip"},
    {"\x28\xB5\x2F\xFD"sv, "zstd data", "set compress to zstd"},
    {"BZh91AY&SY"sv, "bzip2 data", "set compress to bzip2"},
    {"PK\x03\x04"sv, "a zip archive", "unpack it first"},
    {"PAR1"sv, "a parquet file", "fileFormat parquet is not implemented yet"},
    {"\xFF\xFE"sv, "UTF-16", "set encoding to UTF-16"},
    {"\xFE\xFF"sv, "UTF-16", "set encoding to UTF-16"},
};

// A file that begins like something else would be nothing but dirty records.
void refuse_others(const ReadSettings& settings, const Window& window, const std::string& path) {
  if (settings.format.compression != Compression::none || !is_utf8_name(settings.format.encoding)) return;
  const std::string_view begin(window.begin(), window.size());
  for (const Signature& signature : signatures)
    if (begin.starts_with(signature.bytes))
      throw invalid(std::string("the file holds ") + signature.what + ", not the text that the job says; " +
                    signature.advice + ": " + path);
}

void undo_backslashes(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char c = text[++i];
      out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    } else {
      out += text[i];
    }
  }
}

}  // namespace

std::string Range::serialize() const {
  return std::to_string(begin) + " " + std::to_string(end) + " " + std::to_string(line) + " " + std::to_string(size) +
         " " + std::to_string(modified) + " " + path;
}

Range Range::parse(const std::string& bytes) {
  Range range;
  const char* at = bytes.data();
  const char* const last = at + bytes.size();
  const auto number = [&](auto& out) {
    const auto [next, failed] = std::from_chars(at, last, out);
    if (failed != std::errc() || next == last) throw internal("not a split of this reader");
    at = next + 1;
  };
  number(range.begin), number(range.end), number(range.line), number(range.size), number(range.modified);
  range.path.assign(at, last);
  return range;
}

Range whole_file(const std::string& path) {
  const struct stat status = status_of(path);
  Range range;
  range.path = path;
  range.end = range.size = static_cast<std::uint64_t>(status.st_size);
  range.modified = status.st_mtim.tv_sec * std::int64_t{1000000000} + status.st_mtim.tv_nsec;
  return range;
}

Window open_window(const ReadSettings& settings, const Range& range, std::optional<Context> task) {
  // Taken here, where nobody waits for the task yet.
  const auto memory = [&] {
    BufferMemory memory = task ? BufferMemory(*task) : BufferMemory();
    memory.grow_to(Window::usual_piece);
    return memory;
  };
  std::unique_ptr<ByteSource> source = std::make_unique<FileSource>(range.path, range.begin, range.end);
  source = unpack(settings.format.compression, std::move(source), range.path, memory());
  source = decode(std::move(source), settings.format.encoding);
  const bool is_work = settings.format.compression != Compression::none || !is_utf8_name(settings.format.encoding);
  if (is_work && range.size >= worth_a_thread) source = std::make_unique<ReadAhead>(std::move(source));
  Window window(std::move(source), range.begin, Window::usual_piece, memory());
  if (range.begin != 0) return window;
  while (window.size() < 16 && window.more()) {
  }
  refuse_others(settings, window, range.path);
  if (std::string_view(window.begin(), window.size()).starts_with("\xEF\xBB\xBF")) window.drop_to(window.begin() + 3);
  return window;
}

std::unique_ptr<Cutter> open_cutter(const ReadSettings& settings, const Range& range, std::optional<Context> task) {
  const TextFormat& format = settings.format;
  Window window = open_window(settings, range, task);
  const bool is_cut = settings.can_be_cut();
  const bool own_lines = format.line_delimiter != "\n" && format.line_delimiter != "\r\n";
  std::unique_ptr<Cutter> cutter;
  if (own_lines && format.format == Format::text)
    cutter = std::make_unique<LineCutter>(settings.grammar, std::move(window), format.line_delimiter);
  else
    cutter = std::make_unique<RecordCutter>(settings.grammar, std::move(window), range.line,
                                            is_cut ? range.end : std::numeric_limits<std::uint64_t>::max());
  if (format.format != Format::text || (!own_lines && settings.grammar.has_delimiter)) return cutter;
  return std::make_unique<SeparatorCutter>(std::move(cutter), format.field_delimiter);
}

std::string_view unquoted(const Grammar& grammar, std::string_view field, std::string& scratch) {
  const bool is_quoted = grammar.has_quote && field.size() >= 2 && field.front() == grammar.quote;
  if (is_quoted) field = field.substr(1, field.size() - 2);
  if (grammar.backslash) {
    if (field.find('\\') == std::string_view::npos) return field;
    scratch.clear();
    undo_backslashes(field, scratch);
    return scratch;
  }
  const void* inner = is_quoted && !field.empty() ? std::memchr(field.data(), grammar.quote, field.size()) : nullptr;
  if (inner == nullptr) return field;
  scratch.clear();
  for (std::size_t i = 0; i < field.size(); ++i) {
    scratch += field[i];
    if (field[i] == grammar.quote) ++i;
  }
  return scratch;
}

std::vector<std::string> first_record(const ReadSettings& settings, const std::string& path) {
  const auto cutter = open_cutter(settings, whole_file(path));
  std::vector<std::string> fields;
  Record record;
  std::string scratch;
  const auto is_sound = [&] { return record.fault == Fault::none && is_utf8(record.raw); };
  do {
    if (!cutter->next(record)) return fields;
    if (settings.skip_header && !is_sound())
      throw bad_data("the header cannot be read: its quotes or characters are broken: " + path);
  } while (!is_sound());
  for (const Span& field : record.fields) fields.emplace_back(unquoted(settings.grammar, field.text(), scratch));
  return fields;
}

}  // namespace sluice::file
