/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-wire-test.h"

#include <string.h>

/* What is free to ask: asked again when that can help, over connections that are kept. */

static GPtrArray *
list_models (YjWireFixture  *fixture,
             const char     *catalogue,
             GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_platform_list_models_async (fixture->platform, catalogue, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_platform_list_models_finish (fixture->platform, result, error);
}

static void
assert_model (GPtrArray  *models,
              guint       index,
              const char *id,
              const char *llmid,
              const char *title)
{
  YjRemoteModel *model;

  g_assert_cmpuint (index, <, models->len);
  model = g_ptr_array_index (models, index);
  g_assert_cmpstr (model->id, ==, id);
  g_assert_cmpstr (model->llmid, ==, llmid);
  g_assert_cmpstr (model->title, ==, title);
}

static const char *
target (YjWireFixture *fixture,
        guint          index)
{
  return yj_fault_server_get_request (fixture->server, index)->target;
}

static void
test_models_rows (YjWireFixture *fixture,
                  gconstpointer  data)
{
  static const char *const shapes[] = {
    "[{\"id\": \"o5vf\", \"model\": \"happyhorse-1.0-t2v\", \"name\": \"欢乐马\"}, {\"id\": 17, \"model\": \"m\"}, {\"name\": \"no model\"}, 3]",
    "{\"total\": 2, \"rows\": [{\"id\": \"o5vf\", \"model\": \"happyhorse-1.0-t2v\", \"name\": \"欢乐马\"}, {\"id\": 17, \"model\": \"m\"}]}",
    "{\"status\": \"ok\", \"data\": {\"rows\": [{\"id\": \"o5vf\", \"model\": \"happyhorse-1.0-t2v\", \"name\": \"欢乐马\"}, {\"id\": \"17\", \"model\": \"m\"}]}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) models = NULL;

      yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = shapes[i] });
      models = list_models (fixture, "t2v", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (models->len, ==, 2);
      assert_model (models, 0, "happyhorse-1.0-t2v", "o5vf", "欢乐马");
      assert_model (models, 1, "m", "17", "m");
      g_assert_cmpstr (target (fixture, i), ==, "/llmage/v1/models/catelog.dspy?catelogid=t2v");
    }
}

static void
test_models_fall_back (YjWireFixture *fixture,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) by_kind = NULL;
  g_autoptr(GPtrArray) names = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "404 Not Found", .body = "404" });
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"status\": \"ok\", \"data\": [{\"id\": \"x1\", \"model\": \"wan2.6-i2v\", \"name\": \"万象\", \"input_fields\": []}]}" });
  by_kind = list_models (fixture, "i2v", &error);
  g_assert_no_error (error);
  assert_model (by_kind, 0, "wan2.6-i2v", "x1", "万象");
  g_assert_cmpstr (target (fixture, 1), ==, "/llmage/get_type_llms.dspy?type=%E5%9B%BE%E7%94%9F%E8%A7%86%E9%A2%91");

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "<html><title>login</title></html>" });
  yj_fault_server_script (fixture->server, &(YjFaultReply) { .body =
    "{\"object\": \"list\", \"data\": [{\"id\": \"qwen3-max\", \"object\": \"model\", \"created\": 1780000000.5, \"owned_by\": \"opencomputing.ai\"}]}" });
  names = list_models (fixture, "t2t", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, 1);
  assert_model (names, 0, "qwen3-max", NULL, "qwen3-max");
  g_assert_cmpstr (target (fixture, 3), ==, "/llmage/v1/models?catelogid=t2t");
}

static void
test_models_refused (YjWireFixture *fixture,
                     gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = "401 Unauthorized", .body = "{\"error\": \"Invalid API Key\"}" });
  g_assert_null (list_models (fixture, "t2v", &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 1);
}

static void
test_check_key (YjWireFixture *fixture,
                gconstpointer  data)
{
  static const struct { const char *status; const char *body; int code; } replies[] = {
    { "200 OK", "{\"status\": \"FAILED\", \"error\": \"taskid=0 not exist\"}", -1 },
    { "200 OK", "{\"status\": \"error\", \"data\": {\"message\": \"x\"}}", -1 },
    { "404 Not Found", "{\"error\": \"no such task\"}", -1 },
    { "400 Bad Request", "{\"error\": \"bad taskid\"}", -1 },
    { "401 Unauthorized", "{\"error\": \"Invalid API Key\"}", YJ_ERROR_UNAUTHORIZED },
    { "403 Forbidden", "", YJ_ERROR_UNAUTHORIZED },
    { "200 OK", "{\"status\": \"need_login\", \"data\": \"/\"}", YJ_ERROR_UNAUTHORIZED },
    { "200 OK", "<html>portal</html>", YJ_ERROR_PROTOCOL },
    { "500 Oh", "500", YJ_ERROR_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      gboolean taken;

      yj_fault_server_script (fixture->server, &(YjFaultReply) { .status = replies[i].status, .body = replies[i].body });
      yj_platform_check_key_async (fixture->platform, NULL, yj_test_take_result, &result);
      yj_test_wait (result != NULL);
      taken = yj_platform_check_key_finish (fixture->platform, result, &error);
      g_assert_true (taken == (replies[i].code < 0));
      if (taken)
        g_assert_no_error (error);
      else
        g_assert_error (error, YJ_ERROR, replies[i].code);
    }
}

/* What passes is waited for, four times at most; what does not is not asked again. */
static void
test_tries (YjWireFixture *fixture,
            gconstpointer  data)
{
  static const struct { YjFaultReply reply; guint tries; YjError code; } faults[] = {
    { { .status = "502 Bad Gateway" }, 4, YJ_ERROR_SERVER },
    { { .raw = "", .end = YJ_FAULT_RESET }, 4, YJ_ERROR_CUT },
    { { .body = "{\"status\"", .announce = 100 }, 4, YJ_ERROR_CUT },
    { { .status = "429 Slow", .headers = "Retry-After: 0\r\n" }, 4, YJ_ERROR_RATE_LIMIT },
    { { .status = "429 Slow", .headers = "Retry-After: 60\r\n" }, 1, YJ_ERROR_RATE_LIMIT },
    { { .status = "503 Later", .headers = "Retry-After: 60\r\n" }, 1, YJ_ERROR_SERVER },
    { { .status = "429 Slow" }, 1, YJ_ERROR_RATE_LIMIT },
    { { .status = "401 No" }, 1, YJ_ERROR_UNAUTHORIZED },
    { { .status = "404 No" }, 1, YJ_ERROR_NOT_FOUND },
    { { .body = "<html>" }, 1, YJ_ERROR_PROTOCOL },
  };

  yj_platform_get_patience (fixture->platform)->tries = 4;
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint before = yj_fault_server_count (fixture->server);
      g_autoptr(GError) error = NULL;

      for (guint try = 0; try < faults[i].tries; try++)
        yj_fault_server_script (fixture->server, &faults[i].reply);
      g_assert_null (yj_wire_query (fixture, "1", &error));
      g_assert_error (error, YJ_ERROR, (int) faults[i].code);
      g_assert_cmpuint (yj_fault_server_count (fixture->server) - before, ==, faults[i].tries);
    }
}

/* One connection for question after question; when the server has closed it, nobody notices. */
static void
test_kept (YjWireFixture *fixture,
           gconstpointer  data)
{
  for (int i = 0; i < 6; i++)
    {
      g_autoptr(YjTaskReply) reply = NULL;
      g_autoptr(GError) error = NULL;

      yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"status\": \"RUNNING\"}", .end = i == 3 ? YJ_FAULT_CLOSE : YJ_FAULT_KEEP });
      reply = yj_wire_query (fixture, "1", &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 6);
  g_assert_cmpuint (yj_fault_server_count_connections (fixture->server), ==, 2);
}

/* Many at once, each on its own thread and all on one session. */
static void
test_many (YjWireFixture *fixture,
           gconstpointer  data)
{
  for (int round = 0; round < 5; round++)
    {
      GAsyncResult *results[24] = { NULL };

      for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
        {
          yj_fault_server_script (fixture->server, &(YjFaultReply) { .body = "{\"status\": \"PENDING\"}", .end = YJ_FAULT_KEEP });
          yj_platform_query_task_async (fixture->platform, "1", NULL, yj_test_take_result, &results[i]);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
        {
          g_autoptr(YjTaskReply) reply = NULL;
          g_autoptr(GError) error = NULL;

          yj_test_wait (results[i] != NULL);
          reply = yj_platform_query_task_finish (fixture->platform, results[i], &error);
          g_assert_no_error (error);
          g_assert_cmpint (yj_task_reply_get_status (reply), ==, YJ_TASK_STATUS_PENDING);
          g_clear_object (&results[i]);
        }
    }
  g_assert_cmpuint (yj_fault_server_count (fixture->server), ==, 5 * 24);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  yj_wire_test_add ("/ask/models/rows", test_models_rows);
  yj_wire_test_add ("/ask/models/fall-back", test_models_fall_back);
  yj_wire_test_add ("/ask/models/refused", test_models_refused);
  yj_wire_test_add ("/ask/check-key", test_check_key);
  yj_wire_test_add ("/ask/tries", test_tries);
  yj_wire_test_add ("/ask/kept", test_kept);
  yj_wire_test_add ("/ask/many", test_many);
  return g_test_run ();
}
