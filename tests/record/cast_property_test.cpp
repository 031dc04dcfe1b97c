// SPDX-License-Identifier: Apache-2.0
#include "random_batch.hpp"
#include "record/calendar.hpp"
#include "record/validate.hpp"
#include "sample.hpp"

namespace sluice::record {
BOOST_AUTO_TEST_SUITE(cast_property_test)

namespace {

// Text has many ways to say one value ("00"), so it comes back as it was only through text and bytes.
bool comes_back(const Type& from, const Type& to) {
  return from.id != TypeId::null_ && (!is_text(from.id) || is_variable(to.id));
}

}  // namespace

// What a cast lets through comes back as the value it was, for every pair that can go both ways.
BOOST_AUTO_TEST_CASE(there_and_back_is_the_same_value) {
  with_seed([](Random& random) {
    const CastOptions zone{"Europe/Berlin"};
    for (const Type& from : all_types()) {
      const SharedBatch input = share(random_batch(random, one_column(from), 500));
      for (const Type& to : all_types()) {
        const auto there = Cast::plan(one_column(from), one_column(to), zone);
        const auto back = Cast::plan(one_column(to), one_column(from), zone);
        if (!there || !back || !comes_back(from, to)) continue;
        const CastResult middle = there->apply(input, [](const BadRecord&) {});
        const auto problem = validate(middle.batch->raw(), one_column(to), Validation::full);
        BOOST_TEST_REQUIRE(!problem.has_value(), name_of(from)
                                                     << " to " << name_of(to) << ": " << problem.value_or(""));
        std::vector<std::string> twice = cast_cells(one_column(to), one_column(from), middle.batch, zone);
        for (std::size_t i = 0; i < twice.size(); ++i) {
          const std::int64_t row = middle.rows.empty() ? static_cast<std::int64_t>(i) : middle.rows[i];
          const std::string before = text_of(*input, one_column(from), row, 0);
          const bool negative_zero = before == "-0" && twice[i].starts_with("0");
          const bool hour_shown_twice = twice[i] == "!time-twice";
          BOOST_TEST((twice[i] == before || negative_zero || hour_shown_twice),
                     name_of(from) << " " << before << " to " << name_of(to) << " and back: " << twice[i]);
        }
      }
    }
  });
}

// Text is the common language: whatever a type's own text says is read back to the same value, all types at once.
BOOST_AUTO_TEST_CASE(every_value_survives_as_text) {
  with_seed([](Random& random) {
    for (const Type& type : all_types()) {
      if (is_binary(type.id) || type.id == TypeId::null_) continue;
      const Schema schema = one_column(type);
      const SharedBatch input = share(random_batch(random, schema, 2000));
      const CastResult texts = Cast::plan(schema, one_column({TypeId::utf8}))->apply(input, [](const BadRecord& bad) {
        BOOST_ERROR(bad.message);
      });
      const auto back = cast_cells(one_column({TypeId::utf8}), schema, texts.batch);
      for (std::size_t row = 0; row < back.size(); ++row) {
        BOOST_TEST(back[row] == text_of(*input, schema, static_cast<std::int64_t>(row), 0), name_of(type));
      }
    }
  });
}

// Doubles against the arithmetic of whole numbers: a float equals a decimal exactly when its shortest text does.
BOOST_AUTO_TEST_CASE(the_quick_way_of_floats_agrees_with_their_text) {
  with_seed([](Random& random) {
    for (const TypeId id : {TypeId::float32, TypeId::float64}) {
      for (const int scale : {0, 2, 9, 22}) {
        const Type decimal{TypeId::decimal128, 30, scale};
        const Schema floats = one_column({id});
        const SharedBatch input = share(random_batch(random, floats, 3000));
        const auto direct = cast_cells(floats, one_column(decimal), input);
        const CastResult texts = Cast::plan(floats, one_column({TypeId::utf8}))->apply(input, [](const BadRecord&) {});
        const auto by_text = cast_cells(one_column({TypeId::utf8}), one_column(decimal), texts.batch);
        for (std::size_t row = 0; row < direct.size(); ++row) {
          const bool both_bad = direct[row].starts_with('!') && by_text[row].starts_with('!');
          BOOST_TEST((both_bad || direct[row] == by_text[row]),
                     text_of(*input, floats, static_cast<std::int64_t>(row), 0)
                         << ": " << direct[row] << ", " << by_text[row]);
        }
      }
    }
  });
}

// Bad and good records together are all the records, whatever the mixture.
BOOST_AUTO_TEST_CASE(every_record_is_accounted_for) {
  with_seed([](Random& random) {
    const Schema from = Schema::make({{"a", {TypeId::int64}}, {"b", {TypeId::utf8}}, {"c", {TypeId::float64}}});
    const Schema to = Schema::make({{"a", {TypeId::int16}, true, {{"sluice.required", "1"}}},
                                    {"b", {TypeId::utf8}, true, {{"sluice.length", "5"}}},
                                    {"c", {TypeId::decimal128, 12, 3}}});
    const auto cast = Cast::plan(from, to);
    for (int i = 0; i < 50; ++i) {
      const SharedBatch input = share(random_batch(random, from, static_cast<int>(random() % 300)));
      std::vector<std::int64_t> bad;
      const CastResult result = cast->apply(input, [&](const BadRecord& record) { bad.push_back(record.row); });
      BOOST_TEST(std::ranges::is_sorted(bad));
      BOOST_TEST((std::ranges::adjacent_find(bad) == bad.end()));
      BOOST_TEST(static_cast<std::int64_t>(bad.size()) + result.batch->rows() == input->rows());
      for (std::int64_t row = 0; row < result.batch->rows(); ++row) {
        const std::int64_t source = result.rows.empty() ? row : result.rows[static_cast<std::size_t>(row)];
        BOOST_TEST(!std::ranges::binary_search(bad, source));
        BOOST_TEST(text_of(*result.batch, to, row, 0) == text_of(*input, from, source, 0));
        BOOST_TEST(text_of(*result.batch, to, row, 1) == text_of(*input, from, source, 1));
      }
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace sluice::record
