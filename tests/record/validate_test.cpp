// SPDX-License-Identifier: Apache-2.0
#include "record/validate.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <random>

#include "record/decimal.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(validate_test)

namespace {

void nothing(ArrowArray* array) { array->release = nullptr; }

// A batch of one text column and one column of numbers, three rows, for tests to damage. Its memory is on the heap
// and exactly as large as needed, so that the address sanitizer sees every step beyond.
struct Raw {
  std::vector<std::int32_t> offsets{0, 1, 3, 6};
  std::vector<char> bytes{'a', 'b', 'c', 'd', 'e', 'f'};
  std::vector<std::uint8_t> validity{0b101};
  std::vector<std::int64_t> numbers{1, 2, 3};
  std::array<const void*, 3> text_buffers{nullptr, offsets.data(), bytes.data()};
  std::array<const void*, 2> number_buffers{validity.data(), numbers.data()};
  std::array<const void*, 1> record_buffers{nullptr};
  ArrowArray text{};
  ArrowArray number{};
  std::array<ArrowArray*, 2> children{&text, &number};
  ArrowArray batch{};

  Raw() {
    text = {3, 0, 0, 3, 0, text_buffers.data(), nullptr, nullptr, nothing, nullptr};
    number = {3, 1, 0, 2, 0, number_buffers.data(), nullptr, nullptr, nothing, nullptr};
    batch = {3, 0, 0, 1, 2, record_buffers.data(), children.data(), nullptr, nothing, nullptr};
  }
};

const Schema& schema() {
  static const Schema schema = Schema::make({{"t", {TypeId::utf8}}, {"n", {TypeId::int64}}});
  return schema;
}

void expect(const std::string& text, const std::function<void(Raw&)>& damage, Validation how = Validation::quick) {
  Raw raw;
  BOOST_TEST(!validate(raw.batch, schema(), Validation::full).has_value());
  damage(raw);
  const auto problem = validate(raw.batch, schema(), how);
  BOOST_TEST(problem.value_or("nothing") == (text == "nothing" ? text : "invalid batch: " + text));
}

template <class T>
std::optional<std::string> validate_one(const Type& type, std::vector<T> values) {
  std::array<const void*, 2> buffers{nullptr, values.data()};
  const auto rows = static_cast<std::int64_t>(values.size() * sizeof(T)) / width_of(type.id);
  ArrowArray column{rows, 0, 0, 2, 0, buffers.data(), nullptr, nullptr, nothing, nullptr};
  ArrowArray* child = &column;
  std::array<const void*, 1> none{nullptr};
  const ArrowArray batch{rows, 0, 0, 1, 1, none.data(), &child, nullptr, nothing, nullptr};
  return validate(batch, one_column(type), Validation::full);
}

}  // namespace

BOOST_AUTO_TEST_CASE(garbage_of_the_record) {
  expect("it was never set or is released already", [](Raw& raw) { raw.batch.release = nullptr; });
  expect("impossible number of rows: -1", [](Raw& raw) { raw.batch.length = -1; });
  expect("impossible number of rows: 9223372036854775807", [](Raw& raw) { raw.batch.length = INT64_MAX; });
  expect("its offset must be 0: 5", [](Raw& raw) { raw.batch.offset = 5; });
  expect("its number of columns is not the schema's: 1, not 2", [](Raw& raw) { raw.batch.n_children = 1; });
  expect("its number of columns is not the schema's: -7, not 2", [](Raw& raw) { raw.batch.n_children = -7; });
  expect("its list of columns is NULL", [](Raw& raw) { raw.batch.children = nullptr; });
  expect("it has a dictionary", [](Raw& raw) { raw.batch.dictionary = &raw.text; });
  expect("it must have one buffer: 2", [](Raw& raw) { raw.batch.n_buffers = 2; });
  expect("a record as a whole cannot be NULL", [](Raw& raw) { raw.batch.null_count = 1; });
}

BOOST_AUTO_TEST_CASE(garbage_of_a_column) {
  expect("column 2 'n': the pointer is NULL", [](Raw& raw) { raw.children[1] = nullptr; });
  expect("column 2 'n': it was released already", [](Raw& raw) { raw.number.release = nullptr; });
  expect("column 2 'n': its length is not the batch's: 2, not 3", [](Raw& raw) { raw.number.length = 2; });
  expect("column 2 'n': its offset must be 0: 1", [](Raw& raw) { raw.number.offset = 1; });
  expect("column 2 'n': it has children, but its type is not nested", [](Raw& raw) { raw.number.n_children = 1; });
  expect("column 2 'n': it has a dictionary", [](Raw& raw) { raw.number.dictionary = &raw.text; });
  expect("column 2 'n': impossible null count: 4", [](Raw& raw) { raw.number.null_count = 4; });
  expect("column 2 'n': impossible null count: -2", [](Raw& raw) { raw.number.null_count = -2; });
  expect("column 2 'n': the null count is not the bitmap's: 0, not 1", [](Raw& raw) { raw.number.null_count = 0; });
  expect("nothing", [](Raw& raw) { raw.number.null_count = -1; });
  expect("column 2 'n': it has NULLs, but no validity bitmap: null count 1",
         [](Raw& raw) { raw.number_buffers[0] = nullptr; });
  expect("column 2 'n': wrong number of buffers for int64: 3, not 2", [](Raw& raw) { raw.number.n_buffers = 3; });
  expect("column 2 'n': its list of buffers is NULL", [](Raw& raw) { raw.number.buffers = nullptr; });
  expect("column 2 'n': its values are NULL", [](Raw& raw) { raw.number_buffers[1] = nullptr; });
  expect("column 2 'n': its values are not aligned to 8 bytes",
         [](Raw& raw) { raw.number_buffers[1] = reinterpret_cast<const char*>(raw.numbers.data()) + 1; });
}

BOOST_AUTO_TEST_CASE(garbage_of_texts) {
  expect("column 1 't': its offsets are NULL", [](Raw& raw) { raw.text_buffers[1] = nullptr; });
  expect("column 1 't': its bytes are NULL", [](Raw& raw) { raw.text_buffers[2] = nullptr; });
  expect("column 1 't': its first offset is negative: -1", [](Raw& raw) { raw.offsets[0] = -1; });
  expect("column 1 't': its last offset is before its first: -5, 0", [](Raw& raw) { raw.offsets[3] = -5; });
  expect("nothing", [](Raw& raw) { raw.offsets[2] = 0; });  // quick looks at both ends only
  expect(
      "column 1 't': its offsets go back, row 1", [](Raw& raw) { raw.offsets[2] = 0; }, Validation::full);
  expect(
      "column 1 't': its offsets go back, row 2", [](Raw& raw) { raw.offsets[2] = 1'000'000; }, Validation::full);
  expect(
      "column 1 't': its text is not valid UTF-8, row 1", [](Raw& raw) { raw.bytes[1] = '\xC3'; }, Validation::full);
}

BOOST_AUTO_TEST_CASE(values_outside_their_type) {
  const Int128 most = powers_128[5] - 1;
  BOOST_TEST(!validate_one<Int128>({TypeId::decimal128, 5, 2}, {most, -most}).has_value());
  BOOST_TEST(validate_one<Int128>({TypeId::decimal128, 5, 2}, {0, most + 1}).value() ==
             "invalid batch: column 1 'x': the decimal has more digits than its precision, row 1");
  BOOST_TEST(validate_one<std::uint64_t>({TypeId::decimal256, 76, 2}, {0, 0, 0, 0x7FFFFFFFFFFFFFFF}).value() ==
             "invalid batch: column 1 'x': the decimal has more digits than its precision, row 0");
  BOOST_TEST(!validate_one<std::int64_t>({TypeId::time64_us}, {0, 86'400'000'000}).has_value());
  BOOST_TEST(validate_one<std::int64_t>({TypeId::time64_us}, {-1}).value() ==
             "invalid batch: column 1 'x': the time is not within a day, row 0");
}

// Whatever full validation lets through can be read, copied and cast without a step beyond the memory.
BOOST_AUTO_TEST_CASE(random_damage_is_found_or_harmless) {
  const auto seed = std::random_device()();
  BOOST_TEST_CONTEXT("seed " << seed) {
    std::mt19937 random(seed);
    const Schema wanted = Schema::make({{"t", {TypeId::int64}}, {"n", {TypeId::utf8}}});
    const auto cast = Cast::plan(schema(), wanted);
    int sound = 0;
    for (int i = 0; i < 5000; ++i) {
      Raw raw;
      for (std::int32_t& offset : raw.offsets) {
        if (random() % 3 == 0) offset = static_cast<std::int32_t>(random() % 9) - 2;
      }
      raw.offsets[3] = std::min(raw.offsets[3], 6);  // the one thing that no check can see: how much memory there is
      for (char& byte : raw.bytes) byte = random() % 4 == 0 ? static_cast<char>(random()) : byte;
      raw.validity[0] = static_cast<std::uint8_t>(random());
      raw.number.null_count = static_cast<std::int64_t>(random() % 6) - 2;
      if (validate(raw.batch, schema(), Validation::full)) continue;
      ++sound;
      const SharedBatch batch = share(Batch(&raw.batch));
      const CastResult result = cast->apply(batch, [](const BadRecord&) {});
      BOOST_TEST(!validate(result.batch->raw(), wanted, Validation::full).has_value());
      const std::int64_t rows[] = {0, 2};
      BOOST_TEST(byte_size(select(*batch, schema(), rows), schema()) <= byte_size(*batch, schema()));
    }
    BOOST_TEST(sound > 100);
    BOOST_TEST(sound < 4900);
  }
}

BOOST_AUTO_TEST_CASE(a_batch_without_rows_needs_no_memory) {
  Raw raw;
  raw.text_buffers = {};
  raw.number_buffers = {};
  raw.batch.length = raw.text.length = raw.number.length = 0;
  raw.number.null_count = 0;
  BOOST_TEST(!validate(raw.batch, schema(), Validation::full).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
