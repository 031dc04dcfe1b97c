// SPDX-License-Identifier: Apache-2.0
#include "engine/budget.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <random>
#include <thread>
#include <vector>

using namespace sluice::engine;

namespace {
const auto never = [] { return false; };
const auto nothing = [] {};
}  // namespace

BOOST_AUTO_TEST_SUITE(budget_test)

BOOST_AUTO_TEST_CASE(room_is_waited_for) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  BOOST_TEST(share->acquire(80, never, nothing));
  std::promise<void> waiting;
  auto second = std::async(std::launch::async, [&] { return share->acquire(30, never, [&] { waiting.set_value(); }); });
  waiting.get_future().wait();
  share->release(80);
  BOOST_TEST(second.get());
  BOOST_TEST(budget.used() == 30u);
  BOOST_TEST(budget.peak() == 80u);
}

BOOST_AUTO_TEST_CASE(more_than_all_is_granted_when_nothing_is_used) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  BOOST_TEST(share->acquire(1000, never, nothing));
  BOOST_TEST(budget.used() == 1000u);
}

BOOST_AUTO_TEST_CASE(an_urgent_one_does_not_wait) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  BOOST_TEST(share->acquire(100, never, nothing));
  BOOST_TEST(share->acquire(
      50, [] { return true; }, nothing));
}

// One that flows would wait for ever for those that wait for their turn after it.
BOOST_AUTO_TEST_CASE(what_flows_waits_only_for_what_flows) {
  Stop stop;
  Budget budget(100, stop);
  const auto ahead = std::make_shared<Share>(budget), first = std::make_shared<Share>(budget);
  const auto second = std::make_shared<Share>(budget);
  BOOST_TEST(ahead->acquire(100, never, nothing));
  first->flow();
  second->flow();
  BOOST_TEST(first->acquire(50, never, nothing));
  std::promise<void> waiting, also_waiting;
  auto with_first =
      std::async(std::launch::async, [&] { return second->acquire(50, never, [&] { waiting.set_value(); }); });
  waiting.get_future().wait();
  BOOST_TEST((with_first.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout));
  first->release(50);
  BOOST_TEST(with_first.get());
  second->release(50);
  auto after_it =
      std::async(std::launch::async, [&] { return ahead->acquire(50, never, [&] { also_waiting.set_value(); }); });
  also_waiting.get_future().wait();
  BOOST_TEST((after_it.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout));
  ahead->flow();  // counts what it holds already
  BOOST_TEST((after_it.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout));
  ahead->release(100);
  BOOST_TEST(after_it.get());
  BOOST_TEST(budget.used() == 50u);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_waiting) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  BOOST_TEST(share->acquire(100, never, nothing));
  auto second = std::async(std::launch::async, [&] { return share->acquire(30, never, nothing); });
  stop.request();
  BOOST_TEST(!second.get());
}

BOOST_AUTO_TEST_CASE(a_charge_gives_back_what_it_holds) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  {
    BOOST_TEST(share->acquire(40, never, nothing));
    Charge charge(share, 40);
    charge.resize(90);
    BOOST_TEST(budget.used() == 90u);
    const Charge moved = std::move(charge);
    BOOST_TEST(moved.bytes() == 90u);
  }
  BOOST_TEST(budget.used() == 0u);
}

BOOST_AUTO_TEST_CASE(many_threads_stay_below_the_limit) {
  const auto seed = std::random_device{}();
  BOOST_TEST_MESSAGE("seed " << seed);
  Stop stop;
  Budget budget(1000, stop);
  const auto share = std::make_shared<Share>(budget);
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      std::minstd_rand random(seed + t);
      for (int i = 0; i < 2000; ++i) {
        const std::uint64_t bytes = random() % 400 + 1;
        if (!share->acquire(bytes, never, nothing)) return;
        const Charge charge(share, bytes);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(budget.used() == 0u);
  BOOST_TEST(budget.peak() <= 1000u);
}

BOOST_AUTO_TEST_CASE(a_batch_passes_although_all_is_reserved) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  Reservation all(budget, true);
  BOOST_REQUIRE(all.take(100) == Reservation::Answer::granted);
  BOOST_TEST(share->acquire(30, never, nothing));
  BOOST_TEST(budget.used() == 130u);
  std::promise<void> waiting;
  auto second = std::async(std::launch::async, [&] { return share->acquire(30, never, [&] { waiting.set_value(); }); });
  waiting.get_future().wait();
  share->release(30);
  BOOST_TEST(second.get());
}

BOOST_AUTO_TEST_CASE(a_patient_reservation_waits_for_another_one_but_for_nothing_else) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  BOOST_TEST(share->acquire(100, never, nothing));
  Reservation first(budget, true), second(budget, true), hasty(budget, false);
  BOOST_REQUIRE(first.take(60) == Reservation::Answer::granted);
  BOOST_REQUIRE(first.take(40) == Reservation::Answer::granted);
  BOOST_REQUIRE(hasty.take(100) == Reservation::Answer::granted);
  auto answer = std::async(std::launch::async, [&] { return second.take(60); });
  BOOST_TEST((answer.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout));
  first.give_back(100);
  BOOST_TEST((answer.get() == Reservation::Answer::granted));
}

BOOST_AUTO_TEST_CASE(whoever_has_room_for_a_batch_waits_no_more) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  Reservation first(budget, true), second(budget, true);
  BOOST_REQUIRE(first.take(100) == Reservation::Answer::granted);
  BOOST_TEST(share->acquire(10, never, nothing));
  second.wait_no_more();
  BOOST_TEST((second.take(60) == Reservation::Answer::granted));
}

BOOST_AUTO_TEST_CASE(what_is_taken_comes_out_of_what_was_set_aside) {
  Stop stop;
  Budget budget(100, stop);
  Reservation reservation(budget, true);
  BOOST_REQUIRE(reservation.set_aside([] { return 60; }, never));
  BOOST_REQUIRE(reservation.take(50) == Reservation::Answer::granted);
  BOOST_TEST(budget.used() == 60u);
  BOOST_REQUIRE(reservation.take(30) == Reservation::Answer::granted);
  BOOST_TEST(budget.used() == 80u);
  BOOST_TEST(reservation.most_taken() == 80u);
  reservation.give_back(70);
  BOOST_TEST(budget.used() == 60u);
  reservation.keep_aside(20);
  BOOST_TEST(budget.used() == 20u);
  reservation.keep_aside(40);
  BOOST_TEST(budget.used() == 20u);
  reservation.keep_aside(0);
  BOOST_TEST(budget.used() == 10u);
}

BOOST_AUTO_TEST_CASE(setting_aside_waits_until_less_is_expected) {
  Stop stop;
  Budget budget(100, stop);
  Reservation first(budget, true), second(budget, true);
  std::atomic<std::uint64_t> expected = 1000;
  BOOST_REQUIRE(first.set_aside([&] { return expected.load(); }, never));
  BOOST_TEST(budget.used() == 100u);  // more than all: alone
  auto answer =
      std::async(std::launch::async, [&] { return second.set_aside([&] { return expected.load(); }, never); });
  BOOST_TEST((answer.wait_for(std::chrono::milliseconds(20)) == std::future_status::timeout));
  expected = 50;
  first.keep_aside(50);
  BOOST_TEST(answer.get());
  BOOST_TEST(budget.used() == 100u);
}

BOOST_AUTO_TEST_CASE(setting_aside_waits_no_more_than_its_lane_lives) {
  Stop stop;
  Budget budget(100, stop);
  Reservation first(budget, true), second(budget, true);
  BOOST_REQUIRE(first.set_aside([] { return 100; }, never));
  std::atomic<bool> given_up = false;
  auto answer = std::async(std::launch::async,
                           [&] { return second.set_aside([] { return 1; }, [&] { return given_up.load(); }); });
  given_up = true;
  budget.look_again();
  BOOST_TEST(!answer.get());
  auto stopped = std::async(std::launch::async, [&] { return second.set_aside([] { return 1; }, never); });
  stop.request();
  BOOST_TEST(!stopped.get());
}

BOOST_AUTO_TEST_CASE(nothing_is_set_aside_without_waiting) {
  Stop stop;
  Budget budget(100, stop);
  Reservation first(budget, true), second(budget, true);
  BOOST_REQUIRE(first.take(100) == Reservation::Answer::granted);
  BOOST_TEST(second.set_aside([] { return 0; }, never));
  BOOST_TEST(budget.used() == 100u);
}

BOOST_AUTO_TEST_CASE(a_reservation_is_never_more_than_all) {
  Stop stop;
  Budget budget(100, stop);
  Reservation reservation(budget, true);
  BOOST_TEST((reservation.take(101) == Reservation::Answer::too_much));
  BOOST_TEST((reservation.take(60) == Reservation::Answer::granted));
  BOOST_TEST((reservation.take(41) == Reservation::Answer::too_much));
  BOOST_TEST((reservation.take(~std::uint64_t{0}) == Reservation::Answer::too_much));
  BOOST_TEST(budget.used() == 60u);
}

BOOST_AUTO_TEST_CASE(what_was_not_reserved_is_not_given_back_and_the_rest_is) {
  Stop stop;
  Budget budget(100, stop);
  const auto share = std::make_shared<Share>(budget);
  BOOST_TEST(share->acquire(20, never, nothing));
  {
    Reservation reservation(budget, true);
    BOOST_REQUIRE(reservation.take(30) == Reservation::Answer::granted);
    reservation.give_back(10);
    BOOST_TEST(budget.used() == 40u);
    reservation.give_back(1000);
    BOOST_TEST(budget.used() == 20u);
    BOOST_REQUIRE(reservation.take(50) == Reservation::Answer::granted);
  }
  BOOST_TEST(budget.used() == 20u);
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_wait_of_a_reservation) {
  Stop stop;
  Budget budget(100, stop);
  Reservation first(budget, true), second(budget, true);
  BOOST_REQUIRE(first.take(100) == Reservation::Answer::granted);
  auto answer = std::async(std::launch::async, [&] { return second.take(1); });
  stop.request();
  BOOST_TEST((answer.get() == Reservation::Answer::stopping));
}

BOOST_AUTO_TEST_SUITE_END()
