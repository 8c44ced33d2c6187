/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chat model is asked about a prompt, and what of its answer is taken. */
#include <string.h>

#include "yj-catalog.h"
#include "yj-fault-server.h"
#include "yj-improve.h"
#include "yj-prompt-text.h"
#include "yj-test.h"

static YjCatalog *catalog;

static YjDraft *
new_draft (const char *between)
{
  YjDraft *draft = yj_draft_new (yj_catalog_find_by_id (catalog, "r2v/doubao-seedance-2-0-260128"));
  g_autoptr(GString) source = g_string_new (NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GFile) place = g_file_new_for_path (i == 0 ? "/tmp/cat.jpg" : "/tmp/湖.jpg");
      g_autoptr(YjDraftFile) file = yj_draft_file_new (place, YJ_MEDIA_KIND_IMAGE, "image/jpeg");
      g_autofree char *label = NULL, *mention = NULL;

      g_assert_true (yj_draft_add_file (draft, YJ_SLOT_REFERENCE_IMAGES, file));
      label = yj_draft_dup_label (draft, file);
      mention = yj_prompt_text_mention (yj_draft_file_get_id (file), label);
      g_string_append_printf (source, "%s%s", mention, i == 0 ? between : "");
    }
  yj_draft_set_prompt_source (draft, source->str);
  return draft;
}

static void
test_question (void)
{
  g_autoptr(YjDraft) english = new_draft (" sits at "), chinese = new_draft ("坐在");
  g_autofree char *question = yj_improve_dup_question (english), *said = yj_improve_dup_instructions (english, "slower");
  g_autofree char *wen = yj_improve_dup_question (chinese), *shuo = yj_improve_dup_instructions (chinese, NULL);

  g_assert_cmpstr (question, ==, "[[1]] sits at [[2]]");
  g_assert_nonnull (strstr (said, "[[1]] is a picture called “cat”."));
  g_assert_nonnull (strstr (said, "How to write for Seedance 2.0: "));
  g_assert_nonnull (strstr (said, "What is wanted: slower"));
  g_assert_cmpstr (wen, ==, "[[1]]坐在[[2]]");
  g_assert_nonnull (strstr (shuo, "[[2]] 是图片“湖”。"));
  g_assert_nonnull (strstr (shuo, "Seedance 2.0 的写法建议："));
  g_assert_null (strstr (shuo, "用户的要求"));
}

/* Every model comes with its advice, in both languages. */
static void
test_advice (void)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalog)); i++)
    {
      g_autoptr(YjModel) model = g_list_model_get_item (G_LIST_MODEL (catalog), i);

      g_assert_nonnull (yj_model_get_advice (model, FALSE));
      g_assert_nonnull (yj_model_get_advice (model, TRUE));
      g_assert_cmpstr (yj_model_get_advice (model, FALSE), !=, yj_model_get_advice (model, TRUE));
    }
}

static void
test_answer (void)
{
  static const struct { const char *answer, *plain; } cases[] = {
    { "  [[1]] rests at [[2]].\n", "@cat rests at @湖." },
    { "“[[2]] behind [ [1] ]”", "@湖 behind @cat" },
    { "\"Go!\" says [[1]], \"now\"", "\"Go!\" says @cat, \"now\"" },
    { "```text\n[[1]] at 【【2】】\n```", "@cat at @湖" },
    { "[[1]], [[1]] and [[7]]", "@cat, @cat and " },
    { "``` ", "```" },
    { "", "" },
  };
  g_autoptr(YjDraft) draft = new_draft (" sits at ");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *source = yj_improve_read_answer (draft, cases[i].answer);
      g_autofree char *plain = yj_prompt_text_to_plain (source);

      g_assert_cmpstr (plain, ==, cases[i].plain);
    }
}

#define HEAD "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"[[1]] and\"}}]}\n\n"

static char *
improve_with (const YjFaultReply *reply,
              gboolean            cancel,
              GError            **error)
{
  YjFaultServer *server = yj_fault_server_new ();
  g_autoptr(YjPlatform) platform = yj_platform_new (yj_fault_server_get_url (server), "test-key-12345", NULL);
  g_autoptr(YjDraft) draft = new_draft (" sits at ");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  char *source;

  yj_fault_server_script (server, reply);
  yj_improve_async (platform, "qwen3-max", draft, "", cancellable, yj_test_take_result, &result);
  if (cancel)
    g_cancellable_cancel (cancellable);
  yj_test_wait (result != NULL);
  source = yj_improve_finish (result, error);
  g_clear_object (&result);
  yj_fault_server_free (server);
  return source;
}

/* A whole answer is taken; one that is cut, empty, refused or stopped is not. */
static void
test_wire (void)
{
  const YjFaultReply whole = { .headers = "Content-Type: text/event-stream\r\n", .body = HEAD "data: [DONE]\n\n" };
  const YjFaultReply cut = { .headers = "Content-Type: text/event-stream\r\n", .body = HEAD };
  const YjFaultReply empty = { .headers = "Content-Type: text/event-stream\r\n", .body = "data: [DONE]\n\n" };
  const YjFaultReply refused = { .status = "401 Unauthorized", .body = "{\"error\": \"Invalid API Key\"}" };
  const YjFaultReply silent = { .headers = "Content-Type: text/event-stream\r\n", .body = HEAD, .framing = YJ_FAULT_CHUNKED,
                                .open_chunks = TRUE, .end = YJ_FAULT_HOLD };
  g_autoptr(GError) error = NULL;
  g_autofree char *source = improve_with (&whole, FALSE, &error), *plain = NULL;

  g_assert_no_error (error);
  plain = yj_prompt_text_to_plain (source);
  g_assert_cmpstr (plain, ==, "@cat and");

  g_assert_null (improve_with (&cut, FALSE, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (improve_with (&empty, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
  g_clear_error (&error);
  g_assert_null (improve_with (&refused, FALSE, &error));
  g_assert_error (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  g_assert_null (improve_with (&silent, TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  catalog = yj_catalog_new ();

  g_test_add_func ("/improve/question", test_question);
  g_test_add_func ("/improve/advice", test_advice);
  g_test_add_func ("/improve/answer", test_answer);
  g_test_add_func ("/improve/wire", test_wire);

  status = g_test_run ();
  g_assert_finalize_object (catalog);
  return status;
}
