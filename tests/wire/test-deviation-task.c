/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <string.h>

/* The platform's deviations in submissions, tasks and errors, each by its number in the description of the API. */

static void
assert_submitted (YjWireFixture *fixture,
                  YjFaultReply   reply,
                  const char    *task_id)
{
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(YjTaskReply) task = NULL;
  g_autoptr(GError) error = NULL;
  guint before = yj_fault_server_count (fixture->server);

  yj_fault_server_script (fixture->server, &reply);
  task = yj_wire_submit (fixture, submission, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (yj_task_reply_get_task_id (task), ==, task_id);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, before + 1);
}

/* Fails with @code and, unless NULL, with @message; asked once. */
static void
assert_refused (YjWireFixture *fixture,
                YjFaultReply   reply,
                YjError        code,
                const char    *message)
{
  g_autoptr(YjSubmission) submission = yj_wire_new_submission ();
  g_autoptr(YjTaskReply) task = NULL;
  g_autoptr(GError) error = NULL;
  guint before = yj_fault_server_count (fixture->server);

  yj_fault_server_script (fixture->server, &reply);
  task = yj_wire_submit (fixture, submission, &error);
  g_assert_error (error, YJ_ERROR, (int) code);
  g_assert_null (task);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, before + 1);
}

static YjTaskReply *
query (YjWireFixture *fixture,
       const char    *body)
{
  g_autoptr(GError) error = NULL;
  YjTaskReply *reply;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = body });
  reply = yj_wire_query (fixture, "1", &error);
  g_assert_no_error (error);
  return reply;
}

static void
assert_status (YjWireFixture *fixture,
               const char    *body,
               YjTaskStatus   status)
{
  g_autoptr(YjTaskReply) reply = query (fixture, body);

  g_assert_cmpint (yj_task_reply_get_status (reply), ==, status);
}

/* A question that fails with @code. */
static void
assert_query_fails (YjWireFixture *fixture,
                    YjFaultReply   reply,
                    YjError        code,
                    const char    *message)
{
  g_autoptr(YjTaskReply) task = NULL;
  g_autoptr(GError) error = NULL;

  yj_fault_server_script (fixture->server, &reply);
  task = yj_wire_query (fixture, "1", &error);
  g_assert_error (error, YJ_ERROR, (int) code);
  if (message != NULL)
    g_assert_cmpstr (error->message, ==, message);
}

static void
test_14 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_refused (fixture, (YjFaultReply) { .body = "{\"status\": \"FAILED\", \"error\": \"llmid not found\"}" }, YJ_ERROR_REFUSED, "llmid not found");
  assert_refused (fixture, (YjFaultReply) { .body = "{\"status\": \"FAILED\", \"error\": \"provider says no\", \"taskid\": null}" }, YJ_ERROR_REFUSED, "provider says no");
  assert_refused (fixture, (YjFaultReply) { .body = "{\"status\": \"FAILED\", \"error\": \"InsufficientFunds\"}" }, YJ_ERROR_BALANCE, NULL);
}

static void
test_15 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_submitted (fixture, (YjFaultReply) { .body = "{\"taskid\": \"7\", \"status\": \"created\"}\n{'taskid': '7', 'status': 'created', 'x': None}\n" }, "7");
  assert_submitted (fixture, (YjFaultReply) { .body = "{\"taskid\": \"7\", \"status\": \"created\"}{\"taskid\": \"8\"}" }, "7");
  assert_submitted (fixture, (YjFaultReply) { .body = "{'taskid': '7', 'status': 'created'}" }, "7");
  /* The first has no id; then what the second says is what happened. */
  assert_refused (fixture, (YjFaultReply) { .body = "{\"status\": \"ok\"}\n{\"error\": \"quota of provider\", \"status\": \"FAILED\"}\n" }, YJ_ERROR_REFUSED, "quota of provider");
}

static void
test_16 (YjWireFixture *fixture,
         gconstpointer  data)
{
  /* Kept open: an id is enough, with or without its line's end. */
  assert_submitted (fixture, (YjFaultReply) { .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE, .end = YJ_FAULT_HOLD,
                    .body = "{\"status\": \"PENDING\"}\n{\"status\": \"RUNNING\", \"taskid\": \"42\"}\n{\"status\": \"RUNNING\"" }, "42");
  assert_submitted (fixture, (YjFaultReply) { .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE, .end = YJ_FAULT_HOLD, .split = 1,
                    .body = "{\n \"taskid\": \"43\",\n \"status\": \"created\"\n}" }, "43");
  assert_refused (fixture, (YjFaultReply) { .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE, .end = YJ_FAULT_HOLD,
                  .body = "{\"status\": \"PENDING\"}\n{\"status\": \"FAILED\", \"error\": \"no\"}\n" }, YJ_ERROR_REFUSED, "no");
  /* States without an id to the very end: something was made, and nobody can tell what. */
  assert_refused (fixture, (YjFaultReply) { .body = "{\"status\": \"PENDING\"}\n{\"status\": \"SUCCEEDED\"}\n" }, YJ_ERROR_AMBIGUOUS, NULL);
}

static void
test_17 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(YjTaskReply) unknown = query (fixture, "{\"status\": \"FAILED\", \"error\": \"taskid=936759404378734592 not exist\"}");
  g_autoptr(YjTaskReply) failed = query (fixture, "{\"status\": \"FAILED\", \"error\": \"the picture does not exist\"}");

  g_assert_true (yj_task_reply_is_not_found (unknown));
  g_assert_cmpstr (yj_task_reply_get_message (unknown), ==, "taskid=936759404378734592 not exist");
  g_assert_false (yj_task_reply_is_not_found (failed));
  g_assert_cmpint (yj_task_reply_get_status (failed), ==, YJ_TASK_STATUS_FAILED);
}

static void
test_18 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(YjTaskReply) wrapped = query (fixture, "{\"status\": \"ok\", \"data\": {\"status\": \"RUNNING\", \"taskid\": \"5\"}}");
  g_autoptr(YjTaskReply) twice = query (fixture, "{\"status\": \"ok\", \"data\": {\"resposne\": {\"status\": \"SUCCEEDED\", \"video\": \"https://v.example/a.mp4\"}}}");
  g_autoptr(YjTaskReply) failed = query (fixture, "{\"status\": \"ok\", \"data\": {\"status\": \"FAILED\", \"error\": \"no\"}}");
  g_autoptr(YjTaskReply) unknown = query (fixture, "{\"status\": \"error\", \"data\": {\"message\": \"taskid=1 not exist\"}}");

  g_assert_cmpint (yj_task_reply_get_status (wrapped), ==, YJ_TASK_STATUS_RUNNING);
  g_assert_cmpstr (yj_task_reply_get_task_id (wrapped), ==, "5");
  g_assert_cmpint (yj_task_reply_get_status (twice), ==, YJ_TASK_STATUS_SUCCEEDED);
  g_assert_cmpstr (yj_task_reply_get_video (twice), ==, "https://v.example/a.mp4");
  g_assert_cmpint (yj_task_reply_get_status (failed), ==, YJ_TASK_STATUS_FAILED);
  g_assert_cmpstr (yj_task_reply_get_message (failed), ==, "no");
  g_assert_true (yj_task_reply_is_not_found (unknown));
  /* The call failed; that is not to be taken for the job. */
  assert_query_fails (fixture, (YjFaultReply) { .body = "{\"status\": \"error\", \"data\": {\"message\": \"database is away\"}}" }, YJ_ERROR_SERVER, "database is away");
  assert_submitted (fixture, (YjFaultReply) { .body = "{\"status\": \"ok\", \"data\": {\"taskid\": \"6\", \"status\": \"SUBMITTED\"}}" }, "6");
  assert_refused (fixture, (YjFaultReply) { .body = "{\"status\": \"error\", \"data\": {\"message\": \"no such model\"}}" }, YJ_ERROR_REFUSED, "no such model");
}

static void
test_19 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(YjTaskReply) object = query (fixture, "{\"status\": \"SUCCEEDED\", \"output\": {\"video\": \"https://v.example/a.mp4\", \"image\": \"https://v.example/a.jpg\"}}");
  g_autoptr(YjTaskReply) list = query (fixture, "{\"status\": \"SUCCEEDED\", \"usage\": {\"n\": 1}, \"output\": [{\"video\": \"https://v.example/old.mp4\"}, {\"video\": \"https://v.example/new.mp4\"}]}");
  g_autoptr(YjTaskReply) state = query (fixture, "{\"taskid\": \"1\", \"output\": [{\"status\": \"PENDING\"}, {\"status\": \"FAILED\", \"error\": \"why\"}]}");

  g_assert_cmpstr (yj_task_reply_get_video (object), ==, "https://v.example/a.mp4");
  g_assert_cmpstr (yj_task_reply_get_image (object), ==, "https://v.example/a.jpg");
  g_assert_cmpstr (yj_task_reply_get_video (list), ==, "https://v.example/new.mp4");
  g_assert_cmpstr (yj_task_reply_get_usage (list), ==, "{\"n\": 1}");
  g_assert_cmpint (yj_task_reply_get_status (state), ==, YJ_TASK_STATUS_FAILED);
  g_assert_cmpstr (yj_task_reply_get_message (state), ==, "why");
}

static void
test_20 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_status (fixture, "{\"status\": \"created\"}", YJ_TASK_STATUS_CREATED);
  assert_status (fixture, "{\"status\": \"submitted\"}", YJ_TASK_STATUS_CREATED);
  assert_status (fixture, "{\"status\": \"Pending\"}", YJ_TASK_STATUS_PENDING);
  assert_status (fixture, "{\"status\": \"running\"}", YJ_TASK_STATUS_RUNNING);
  assert_status (fixture, "{\"status\": \"succeeded\"}", YJ_TASK_STATUS_SUCCEEDED);
  assert_status (fixture, "{\"status\": \"Failed\"}", YJ_TASK_STATUS_FAILED);
  assert_status (fixture, "{\"status\": \"UNKNOWN\"}", YJ_TASK_STATUS_UNKNOWN);
  assert_status (fixture, "{\"status\": \"queueing at the provider\"}", YJ_TASK_STATUS_UNKNOWN);
  assert_status (fixture, "{\"status\": \"ok\", \"taskid\": \"1\"}", YJ_TASK_STATUS_UNKNOWN);
}

static void
test_21 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const char *const ids[] = { "936759404378734592", "9007199254740993", "18446744073709551617", "123456789012345678901234567890" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *number = g_strdup_printf ("{\"taskid\": %s, \"status\": \"created\"}", ids[i]);
      g_autofree char *text = g_strdup_printf ("{\"taskid\": \"%s\", \"status\": \"created\"}", ids[i]);

      assert_submitted (fixture, (YjFaultReply) { .body = number }, ids[i]);
      assert_submitted (fixture, (YjFaultReply) { .body = text }, ids[i]);
    }
  {
    g_autoptr(YjTaskReply) usage = query (fixture, "{\"status\": \"SUCCEEDED\", \"usage\": {\"id\": 936759404378734593, \"price\": 0.10}}");

    g_assert_cmpstr (yj_task_reply_get_usage (usage), ==, "{\"id\": 936759404378734593, \"price\": 0.10}");
  }
}

static void
test_22 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_refused (fixture, (YjFaultReply) { .status = "401 Unauthorized", .body = "{\"error\": \"Invalid API Key\"}" }, YJ_ERROR_UNAUTHORIZED, "Invalid API Key");
  assert_refused (fixture, (YjFaultReply) { .status = "403 Forbidden", .body = "403: Forbidden" }, YJ_ERROR_UNAUTHORIZED, NULL);
  assert_query_fails (fixture, (YjFaultReply) { .status = "403 Forbidden" }, YJ_ERROR_UNAUTHORIZED, NULL);
}

static void
test_23 (YjWireFixture *fixture,
         gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "500 Internal Server Error", .headers = "Content-Type: text/plain; charset=utf-8\r\n",
                                                             .body = "500 Internal Server Error\n\nServer got itself in trouble" });
  yj_platform_check_key_async (fixture->platform, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  /* Not "your key is wrong": the key stays, and the caller can say that it may be. */
  g_assert_false (yj_platform_check_key_finish (fixture->platform, result, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_SERVER);
}

static void
test_24 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const char *const statuses[] = { "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout", "521 Down" };
  g_autoptr(YjTaskReply) reply = NULL;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      assert_query_fails (fixture, (YjFaultReply) { .status = statuses[i], .body = "500 Internal Server Error: function" }, YJ_ERROR_SERVER, NULL);
      /* Paid: once, and nobody can tell. */
      assert_refused (fixture, (YjFaultReply) { .status = statuses[i], .body = "{\"error\": \"Insufficient balance\"}" }, YJ_ERROR_AMBIGUOUS, NULL);
    }
  yj_platform_get_patience (fixture->platform)->tries = 4;
  for (int i = 0; i < 3; i++)
    yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "503 Later" });
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"status\": \"RUNNING\"}" });
  reply = yj_wire_query (fixture, "1", &error);
  g_assert_no_error (error);
  g_assert_cmpint (yj_task_reply_get_status (reply), ==, YJ_TASK_STATUS_RUNNING);
}

static void
test_25 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const struct { const char *status; const char *body; YjError code; const char *message; } shapes[] = {
    { "400 Bad Request", "{\"error\": \"Missing required parameter: prompt\"}", YJ_ERROR_INVALID_REQUEST, "Missing required parameter: prompt" },
    { "400 Bad Request", "{\"error\": {\"message\": \"bad ratio\", \"type\": \"invalid_request_error\", \"code\": \"x\"}}", YJ_ERROR_INVALID_REQUEST, "bad ratio" },
    { "400 Bad Request", "{\"status\": \"error\", \"errcode\": 17, \"errmsg\": \"bad size\"}", YJ_ERROR_INVALID_REQUEST, "bad size" },
    { "400 Bad Request", "{\"status\": \"Error\", \"data\": {\"message\": \"bad file\", \"errno\": 3}}", YJ_ERROR_INVALID_REQUEST, "bad file" },
    { "400 Bad Request", "", YJ_ERROR_INVALID_REQUEST, "HTTP 400" },
    { "401 Unauthorized", "{\"status\": \"need_login\", \"data\": \"/rbac/login\"}", YJ_ERROR_UNAUTHORIZED, NULL },
    { "200 OK", "{\"status\": \"need_login\", \"data\": \"/rbac/login\"}", YJ_ERROR_UNAUTHORIZED, NULL },
    { "200 OK", "{\"status\": \"no_permission\", \"data\": \"/llmage/video\"}", YJ_ERROR_UNAUTHORIZED, NULL },
    { "401 Unauthorized", "401: Unauthorized", YJ_ERROR_UNAUTHORIZED, "401: Unauthorized" },
    { "404 Not Found", "<html>\r\n<head><title>404 Not Found</title></head><body><center>nginx</center></body></html>", YJ_ERROR_NOT_FOUND, "404 Not Found" },
    { "413 Too Large", "<!doctype html><p>no title", YJ_ERROR_INVALID_REQUEST, "HTTP 413" },
    { "429 Too Many Requests", "{\"error\": \"Insufficient balance\"}", YJ_ERROR_BALANCE, "Insufficient balance" },
    { "429 Too Many Requests", "{\"error\": \"slow down\"}", YJ_ERROR_RATE_LIMIT, "slow down" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      YjFaultReply reply = { .status = shapes[i].status, .body = shapes[i].body };

      assert_query_fails (fixture, reply, shapes[i].code, shapes[i].message);
      assert_refused (fixture, reply, shapes[i].code, shapes[i].message);
    }
}

static void
test_26 (YjWireFixture *fixture,
         gconstpointer  data)
{
  assert_refused (fixture, (YjFaultReply) { .status = "400 Bad Request", .body = "{\"error\": \"InsufficientFunds\"}" }, YJ_ERROR_BALANCE, "InsufficientFunds");
  assert_refused (fixture, (YjFaultReply) { .status = "403 Forbidden", .body = "{\"error\": \"账户余额不足\"}" }, YJ_ERROR_BALANCE, NULL);
  assert_refused (fixture, (YjFaultReply) { .status = "402 Payment Required" }, YJ_ERROR_BALANCE, NULL);
  assert_refused (fixture, (YjFaultReply) { .status = "400 Bad Request", .body = "Missing need data(prompt or messages)" },
                  YJ_ERROR_INVALID_REQUEST, "Missing need data(prompt or messages)");
}

static void
test_27 (YjWireFixture *fixture,
         gconstpointer  data)
{
  static const char body[] = "{\n    \"taskid\": \"9\",\n    \"status\": \"created\"\n}";

  assert_submitted (fixture, (YjFaultReply) { .headers = "Content-Type: application/json; utf-8\r\n", .body = body }, "9");
  assert_submitted (fixture, (YjFaultReply) { .headers = "Content-Type: text/html; utf-8\r\n", .body = body }, "9");
  assert_submitted (fixture, (YjFaultReply) { .headers = "Content-Type: ;;=\r\n", .body = body }, "9");
  assert_submitted (fixture, (YjFaultReply) { .body = "\xef\xbb\xbf{\"taskid\": \"9\"}" }, "9");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/deviation/14-failed-submission", test_14);
  yj_wire_test_add ("/deviation/15-two-documents", test_15);
  yj_wire_test_add ("/deviation/16-kept-open", test_16);
  yj_wire_test_add ("/deviation/17-not-exist", test_17);
  yj_wire_test_add ("/deviation/18-wrapped", test_18);
  yj_wire_test_add ("/deviation/19-output", test_19);
  yj_wire_test_add ("/deviation/20-statuses", test_20);
  yj_wire_test_add ("/deviation/21-big-ids", test_21);
  yj_wire_test_add ("/deviation/22-forbidden", test_22);
  yj_wire_test_add ("/deviation/23-unknown-key-500", test_23);
  yj_wire_test_add ("/deviation/24-5xx", test_24);
  yj_wire_test_add ("/deviation/25-error-shapes", test_25);
  yj_wire_test_add ("/deviation/26-words", test_26);
  yj_wire_test_add ("/deviation/27-media-types", test_27);
  return g_test_run ();
}
