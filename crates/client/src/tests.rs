//! The client against servers on the loopback interface that fail in chosen ways.

mod server;

use crate::{Builder, Client, Error, Retry};
use futures::StreamExt;
use gavel_protocol::{ExecuteRequest, ExitKind, ItemResult, Outcome};
use gavel_task::{Item, Limits, VerifyError};
use server::{Received, Reply, Server, graded, grades, refused};
use std::future::{pending, ready};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, oneshot};

/// Delays too short to notice.
const AT_ONCE: Retry = Retry { attempts: 3, base: Duration::from_micros(100), cap: Duration::from_millis(1) };

fn client(servers: &[&Server]) -> Builder {
    Client::builder().urls(servers.iter().map(|server| &server.url)).retry(AT_ONCE).deadline(Duration::from_secs(20))
}

/// Items named `0`, `1`, ..., each of which is worth a thousandth of its name.
fn items(count: usize) -> Vec<Item> {
    (0..count).map(|at| item(&at.to_string())).collect()
}

fn item(id: &str) -> Item {
    serde_json::from_value(serde_json::json!({"id": id, "task": "code", "response": "", "reference": null})).unwrap()
}

/// One result for each of the [`items`], in order, with this outcome and reason.
#[track_caller]
fn check_all(results: &[ItemResult], count: usize, outcome: Outcome, reason: &str) {
    assert_eq!(results.len(), count);
    for (at, result) in results.iter().enumerate() {
        assert_eq!((result.index as usize, &result.id), (at, &at.to_string()), "{result:?}");
        assert_eq!((result.outcome, &*result.reason), (outcome, reason), "{result:?}");
        assert_eq!(result.score, (outcome == Outcome::Graded).then_some(at as f64 / 1000.0), "{result:?}");
    }
}

#[track_caller]
fn check_graded(results: &[ItemResult], count: usize) {
    check_all(results, count, Outcome::Graded, "correct");
}

#[tokio::test]
async fn results_come_back_in_the_order_of_the_items() {
    let server = Server::start(async |_, items| grades(items.iter().rev())).await;
    let results = client(&[&server]).batch_size(3).build().unwrap().verify(items(10)).await;
    check_graded(&results, 10);
    let mut requests = server.requests();
    requests.sort();
    assert_eq!(requests, [vec!["0", "1", "2"], vec!["3", "4", "5"], vec!["6", "7", "8"], vec!["9"]]);
    assert_eq!(client(&[&server]).build().unwrap().verify(Vec::new()).await, []);
}

#[tokio::test]
async fn a_stream_yields_what_is_done_first() {
    let last_asked = Arc::new(Notify::new());
    let server = Server::start(move |_, items| {
        let last_asked = Arc::clone(&last_asked);
        async move {
            match &*items[0].id {
                "0" => last_asked.notified().await,
                _ => last_asked.notify_one(),
            }
            grades(&items)
        }
    })
    .await;
    let client = client(&[&server]).batch_size(1).build().unwrap();
    let ids: Vec<_> = client.verify_stream(items(2)).map(|result| result.id).collect().await;
    assert_eq!(ids, ["1", "0"]);
}

#[tokio::test]
async fn results_arrive_before_their_batch_is_done() {
    let (seen, first_seen) = oneshot::channel();
    let first_seen = Mutex::new(Some(first_seen));
    let server = Server::start(move |_, items| {
        let wait = first_seen.lock().unwrap().take().unwrap();
        let reply = Reply::Lines(vec![graded(&items[0])]).then(async move { wait.await.unwrap() }).lines(vec![graded(&items[1])]);
        ready(reply.done())
    })
    .await;
    let client = client(&[&server]).build().unwrap();
    let mut results = std::pin::pin!(client.verify_stream(items(2)));
    assert_eq!(results.next().await.unwrap().id, "0");
    seen.send(()).unwrap();
    assert_eq!(results.next().await.unwrap().id, "1");
    assert_eq!(results.next().await, None);
}

#[tokio::test]
async fn only_unfinished_items_are_sent_to_the_next_server() {
    let server = Server::start(async |request, items| match request {
        0 => Reply::Lines(vec![graded(&items[2]), graded(&items[0])]).breaks(),
        1 => Reply::Lines(vec![graded(&items[0])]),
        _ => grades(&items),
    })
    .await;
    check_graded(&client(&[&server]).build().unwrap().verify(items(4)).await, 4);
    assert_eq!(server.requests(), [vec!["0", "1", "2", "3"], vec!["1", "3"], vec!["3"]]);
}

#[tokio::test]
async fn failures_that_may_pass_are_tried_again() {
    let server = Server::start(async |request, items| match request {
        0 => Reply::Lines(vec![
            graded(&items[0]),
            failed(&items[1], VerifyError::Sandbox { message: "broken".into() }),
            failed(&items[2], VerifyError::Cancelled),
        ])
        .done(),
        _ => grades(&items),
    })
    .await;
    check_graded(&client(&[&server]).build().unwrap().verify(items(3)).await, 3);
    assert_eq!(server.requests(), [vec!["0", "1", "2"], vec!["1", "2"]]);
}

fn failed(item: &Received, error: VerifyError) -> String {
    server::line(item, Err(error))
}

#[tokio::test]
async fn failures_that_stay_are_reported() {
    for (error, requests, outcome, reason) in [
        (|| VerifyError::Sandbox { message: "broken".into() }, 3, Outcome::Error, "sandbox"),
        (|| VerifyError::InvalidItem { message: "bad".into() }, 1, Outcome::RejectedItem, "invalid_item"),
    ] as [(fn() -> VerifyError, usize, Outcome, &str); 2]
    {
        let all_fail = move |_, items: Vec<Received>| ready(Reply::Lines(items.iter().map(|item| failed(item, error())).collect()).done());
        let server = Server::start(all_fail).await;
        check_all(&client(&[&server]).build().unwrap().verify(items(2)).await, 2, outcome, reason);
        assert_eq!(server.requests().len(), requests, "{reason}");
    }
}

#[tokio::test]
async fn servers_that_never_answer_well_are_given_up() {
    type Script = fn() -> Reply;
    for (reply, requests, reason, says) in [
        (
            (|| Reply::Status(400, None, r#"{"error": {"code": "bad", "message": "no items"}}"#)) as Script,
            1,
            "http_status",
            "400: no items",
        ),
        (|| Reply::Status(500, None, "<h1>oops</h1>"), 3, "http_status", "500: <h1>oops</h1>"),
        (|| Reply::Lines(Vec::new()).breaks(), 3, "transport", "the connection broke: "),
        (|| Reply::Lines(Vec::new()).done(), 3, "transport", "before all results were there"),
        (|| Reply::Lines(vec!["<html>".to_owned()]), 3, "malformed_answer", "expected value"),
    ] {
        let server = Server::start(move |_, _| ready(reply())).await;
        let results = client(&[&server]).build().unwrap().verify(items(2)).await;
        check_all(&results, 2, Outcome::Error, reason);
        assert!(results[0].message.contains(says) && results[0].message.contains(&server.url), "{}", results[0].message);
        assert_eq!(server.requests().len(), requests, "{reason}");
        assert_eq!(results[0].retryable, requests > 1);
    }
}

#[tokio::test]
async fn answers_to_other_questions_are_not_taken() {
    let server = Server::start(async |request, items| match request {
        0 => {
            let mut lines = vec![graded(&items[0]), graded(&items[0]).replace("\"correct\"", "\"again\"")];
            lines.push(graded(&items[1]).replace("\"index\":1", "\"index\":7"));
            lines.push(graded(&items[1]).replace("\"id\":\"1\"", "\"id\":\"x\""));
            Reply::Lines(lines).done()
        }
        _ => grades(&items),
    })
    .await;
    check_graded(&client(&[&server]).build().unwrap().verify(items(2)).await, 2);
    assert_eq!(server.requests(), [vec!["0", "1"], vec!["1"]]);
}

#[tokio::test]
async fn refusals_are_tried_until_they_end() {
    let server =
        Server::start(async |request, items| if request < 20 { refused(503 - 74 * (request as u16 % 2), None) } else { grades(&items) })
            .await;
    check_graded(&client(&[&server]).build().unwrap().verify(items(2)).await, 2);
    assert_eq!(server.requests().len(), 21);
}

#[tokio::test]
async fn a_server_that_asks_for_time_gets_it() {
    let full = Server::start(async |_, _| refused(429, Some("60"))).await;
    let free = Server::start(async |_, items| grades(&items)).await;
    let client = client(&[&full, &free]).batch_size(1).max_in_flight(1).build().unwrap();
    check_graded(&client.verify(items(40)).await, 40);
    assert_eq!((full.requests().len(), free.requests().len()), (1, 40));
}

#[tokio::test]
async fn a_server_that_is_gone_is_left_out() {
    let free = Server::start(async |_, items| grades(&items)).await;
    let gone = Server::gone().await;
    let client = client(&[&gone, &free]).batch_size(1).build().unwrap();
    check_graded(&client.verify(items(40)).await, 40);
    let results = self::client(&[&gone]).build().unwrap().verify(items(3)).await;
    check_all(&results, 3, Outcome::Error, "transport");
    assert!(results[0].retryable && results[0].message.contains(&gone.url), "{}", results[0].message);
}

#[tokio::test]
async fn load_goes_to_all_servers() {
    let servers = [Server::start(async |_, items| grades(&items)).await, Server::start(async |_, items| grades(&items)).await];
    let client = client(&[&servers[0], &servers[1]]).batch_size(2).build().unwrap();
    check_graded(&client.verify(items(64)).await, 64);
    for server in &servers {
        assert!(server.requests().len() >= 8, "{}", server.requests().len());
    }
}

/// For tests in which something must happen before the deadline: short, and long enough for a machine that is busy.
const DEADLINES: [Duration; 3] = [Duration::from_millis(40), Duration::from_millis(400), Duration::from_secs(4)];

#[tokio::test]
async fn the_deadline_ends_what_hangs() {
    let server = Server::start(async |_, items| match &*items[0].id {
        "0" => Reply::Lines(vec![graded(&items[1])]).then(pending()),
        _ => pending().await,
    })
    .await;
    for deadline in DEADLINES {
        let mut results = client(&[&server]).batch_size(2).deadline(deadline).build().unwrap().verify(items(5)).await;
        assert_eq!(results.iter().map(|result| result.index).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        let in_time = results.remove(1);
        assert!(results.iter().all(|result| result.outcome == Outcome::Deadline && result.score.is_none()), "{results:?}");
        assert!(server.deadlines().iter().all(|&ms| u128::from(ms) <= deadline.as_millis()));
        if in_time.outcome == Outcome::Graded {
            return;
        }
    }
    panic!("what came before the deadline is kept");
}

#[tokio::test]
async fn the_deadline_ends_refusals_and_says_so() {
    let server = Server::start(async |_, _| refused(503, Some("60"))).await;
    for (tried, deadline) in (1..).zip(DEADLINES) {
        let client = client(&[&server]).deadline(deadline).build().unwrap();
        let results = client.verify(items(2)).await;
        check_all(&results, 2, Outcome::Deadline, "deadline");
        assert!(server.requests().len() <= tried);
        if results[0].message.contains("before that: ") {
            assert!(results[0].message.contains("503: busy"), "{}", results[0].message);
            assert!(matches!(client.tasks().await, Err(Error::Deadline)));
            return;
        }
    }
    panic!("a refusal before the deadline is reported");
}

#[tokio::test]
async fn requests_at_once_are_limited_over_all_calls() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let server = Server::start({
        let most = Arc::clone(&most);
        move |_, items| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(1)).await;
                now.fetch_sub(1, Ordering::SeqCst);
                grades(&items)
            }
        }
    })
    .await;
    let client = client(&[&server]).batch_size(1).max_in_flight(3).build().unwrap();
    let other = client.clone();
    let (one, two) = tokio::join!(client.verify(items(12)), other.verify(items(12)));
    check_graded(&one, 12);
    check_graded(&two, 12);
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn dropping_the_stream_hangs_up() {
    struct Hung(Option<oneshot::Sender<()>>);
    impl Drop for Hung {
        fn drop(&mut self) {
            let _ = self.0.take().unwrap().send(());
        }
    }
    let (hung, hung_up) = oneshot::channel();
    let hung = Mutex::new(Some(hung));
    let asked = Arc::new(Notify::new());
    let server = Server::start({
        let asked = Arc::clone(&asked);
        move |_, _| {
            let until_dropped = Hung(hung.lock().unwrap().take());
            asked.notify_one();
            async move {
                let _held = until_dropped;
                pending().await
            }
        }
    })
    .await;
    let client = client(&[&server]).build().unwrap();
    tokio::select! {
        _ = client.verify(items(1)) => unreachable!("the server never answers"),
        () = asked.notified() => {}
    }
    hung_up.await.unwrap();
}

#[tokio::test]
async fn large_items_travel_alone() {
    let server = Server::start(async |_, items| grades(&items)).await;
    let mut items = items(5);
    items[1].response = "x".repeat(17 << 20);
    check_graded(&client(&[&server]).max_in_flight(1).build().unwrap().verify(items).await, 5);
    assert_eq!(server.requests(), [vec!["0"], vec!["1"], vec!["2", "3", "4"]]);
}

#[tokio::test]
async fn an_item_that_json_cannot_express_is_rejected_here() {
    let server = Server::start(async |_, items| grades(&items)).await;
    let mut items = items(3);
    items[1].limits = Limits { cpu_seconds: Some(f64::NAN), ..Limits::default() };
    let results = client(&[&server]).build().unwrap().verify(items).await;
    assert_eq!((results[1].index, &*results[1].id, results[1].outcome), (1, "1", Outcome::RejectedItem));
    assert_eq!(results[1].message, "`limits.cpu_seconds`: NaN is not finite");
    assert_eq!([results[0].score, results[2].score], [Some(0.0), Some(0.002)]);
    assert_eq!(server.requests(), [vec!["0", "2"]]);
}

#[tokio::test]
async fn tasks_and_programs_are_answered() {
    let server = Server::start(async |_, _| unreachable!("nothing is verified")).await;
    let client = client(&[&server]).build().unwrap();
    assert_eq!(client.tasks().await.unwrap().tasks[0].name, "code");
    let mut request = ExecuteRequest {
        language: "python".to_owned(),
        source: "print(1)".to_owned(),
        stdin: String::new(),
        prelude: false,
        limits: Limits::default(),
    };
    let response = client.execute(&request).await.unwrap();
    assert_eq!((response.exit.kind, &*response.stdout), (ExitKind::Finished, "ran print(1)"));
    request.language = "cobol".to_owned();
    let error = client.execute(&request).await.unwrap_err();
    assert!(matches!(&error, Error::Status { status: 400, message, .. } if message == "no such language"), "{error}");
}

#[test]
fn settings_are_checked() {
    fn error(builder: Builder) -> String {
        builder.build().unwrap_err().to_string()
    }
    assert_eq!(error(Client::builder()), "a client needs the URL of at least one server");
    for url in ["", "localhost:8080", "https://a", "http://a/?b", "ftp://a"] {
        assert!(error(Client::builder().urls([url])).starts_with(&format!("`{url}` is not the URL of a server")), "{url}");
    }
    let valid = Client::builder().urls(["http://a/base/", "http://127.0.0.1:1"]);
    assert!(valid.clone().deadline(Duration::MAX).build().is_ok());
    assert_eq!(error(valid.clone().batch_size(0)), "`batch_size` must be at least 1");
    assert_eq!(error(valid.clone().max_in_flight(0)), "`max_in_flight` must be at least 1");
    assert_eq!(error(valid.retry(Retry { attempts: 0, ..AT_ONCE })), "`retry.attempts` must be at least 1");
}

#[tokio::test]
async fn nothing_is_lost_when_everything_fails_at_times() {
    let random = Arc::new(crate::random::Random::new(5));
    let chaos = || {
        let random = Arc::clone(&random);
        move |_, items: Vec<Received>| {
            let draw = random.next();
            let some = || items.iter().filter(|item| !(draw >> 8).wrapping_mul(item.index as u64 + 1).is_multiple_of(3));
            ready(match draw % 8 {
                0 => refused(503, None),
                1 => Reply::Status(500, None, ""),
                2 => Reply::Lines(some().map(graded).collect()).breaks(),
                3 => Reply::Lines(some().map(graded).collect()).done(),
                4 => Reply::Lines(items.iter().map(|item| failed(item, VerifyError::Overloaded)).collect()).done(),
                5 => Reply::Lines(some().map(graded).chain(["{".to_owned()]).collect()),
                _ => grades(&items),
            })
        }
    };
    let servers = [Server::start(chaos()).await, Server::start(chaos()).await, Server::gone().await];
    let retry = Retry { attempts: 100, ..AT_ONCE };
    let client = client(&[&servers[0], &servers[1], &servers[2]]).batch_size(4).retry(retry).build().unwrap();
    check_graded(&client.verify(items(200)).await, 200);
}
