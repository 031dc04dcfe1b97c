// SPDX-License-Identifier: Apache-2.0
#include "engine/pipe.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>

using namespace sluice::engine;

BOOST_AUTO_TEST_SUITE(pipe_test)

BOOST_AUTO_TEST_CASE(everything_put_is_taken_in_order_and_then_the_end) {
  Pipe pipe(100);
  bool all_put = true;
  std::thread putting([&] {
    for (std::uint64_t i = 1; i <= 1000; ++i) all_put = pipe.put({nullptr, i % 60 + 1}) && all_put;
    pipe.close();
  });
  Parcel parcel;
  for (std::uint64_t i = 1; i <= 1000; ++i) {
    BOOST_REQUIRE(pipe.take(parcel) == Pipe::Taken::parcel);
    BOOST_REQUIRE_EQUAL(parcel.bytes, i % 60 + 1);
  }
  BOOST_TEST((pipe.take(parcel) == Pipe::Taken::end));
  putting.join();
  BOOST_TEST(all_put);
}

BOOST_AUTO_TEST_CASE(a_parcel_larger_than_the_pipe_passes_when_it_is_empty) {
  Pipe pipe(10);
  BOOST_TEST(pipe.put({nullptr, 1000}));
  Parcel parcel;
  BOOST_TEST((pipe.take(parcel) == Pipe::Taken::parcel));
  BOOST_TEST(parcel.bytes == 1000u);
}

BOOST_AUTO_TEST_CASE(close_drains_and_abort_drops) {
  Pipe closed(100);
  closed.put({nullptr, 1});
  closed.close();
  Parcel parcel;
  BOOST_TEST((closed.take(parcel) == Pipe::Taken::parcel));
  BOOST_TEST((closed.take(parcel) == Pipe::Taken::end));

  Pipe aborted(100);
  aborted.put({nullptr, 1});
  aborted.abort();
  BOOST_TEST((aborted.take(parcel) == Pipe::Taken::aborted));
  BOOST_TEST(!aborted.put({nullptr, 1}));
}

BOOST_AUTO_TEST_CASE(a_pipe_is_drained_from_a_flush_to_the_next_parcel) {
  Pipe pipe(100);
  Parcel parcel;
  BOOST_TEST(!pipe.is_drained());
  pipe.put({nullptr, 1});
  pipe.ask_flush();
  pipe.flushed();  // of an earlier question
  BOOST_TEST(!pipe.is_drained());
  BOOST_TEST((pipe.take(parcel) == Pipe::Taken::parcel));
  BOOST_TEST((pipe.take(parcel) == Pipe::Taken::flush));
  pipe.flushed();
  BOOST_TEST(pipe.is_drained());
  pipe.put({nullptr, 1});
  BOOST_TEST(!pipe.is_drained());
}

BOOST_AUTO_TEST_CASE(abort_wakes_a_blocked_putter) {
  Pipe pipe(10);
  pipe.put({nullptr, 10});
  bool answer = true;
  std::thread putting([&] { answer = pipe.put({nullptr, 10}); });
  pipe.abort();
  putting.join();
  BOOST_TEST(!answer);
}

BOOST_AUTO_TEST_CASE(abort_wakes_a_blocked_taker) {
  Pipe pipe(10);
  auto answer = Pipe::Taken::end;
  std::thread taking([&] {
    Parcel parcel;
    answer = pipe.take(parcel);
  });
  pipe.abort();
  taking.join();
  BOOST_TEST((answer == Pipe::Taken::aborted));
}

BOOST_AUTO_TEST_CASE(a_flush_is_asked_for_only_when_nothing_is_there) {
  Pipe pipe(10);
  pipe.put({nullptr, 1});
  pipe.ask_flush();
  Parcel parcel;
  BOOST_TEST((pipe.take(parcel) == Pipe::Taken::parcel));
  BOOST_TEST((pipe.take(parcel) == Pipe::Taken::flush));
}

BOOST_AUTO_TEST_SUITE_END()
