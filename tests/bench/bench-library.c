/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench-library fill FOLDER CONVERSATIONS MESSAGES: puts so many conversations of so many messages each into a library.
 * bench-library search FOLDER QUERY…: looks for each several times and prints milliseconds and conversations found, one
 * line per query.
 */
#include "yj-library-private.h"
#include "yj-test-library.h"

#include <locale.h>
#include <stdlib.h>

#define RUNS 5

static const char * const words[] = {
  "视频", "提示词", "镜头", "元境", "模型", "生成", "首帧", "尾帧", "参考图", "比例", "时长", "月光", "猫", "城市", "夜晚", "雨",
  "frame", "prompt", "camera", "moon", "render", "ratio", "C++", "model", "stream", "token", "city", "night", "rain", "cat", "light", "window",
};

/* ---- filling: all messages of a conversation in one transaction, by the statements that a message is written with */

static char *
make_text (GRand    *rand,
           gboolean  question)
{
  GString *text = g_string_new (NULL);
  guint n = question ? 8 : 60;

  for (guint i = 0; i < n; i++)
    {
      const char *word = words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
      gboolean latin = g_ascii_isprint (*word);

      g_string_append (text, word);
      g_string_append (text, latin ? " " : "");
      if (i % 9 == 8)
        g_string_append (text, "，");
      if (i % 27 == 26)
        g_string_append (text, "。\n\n");
    }
  return g_string_free_and_steal (text);
}

typedef struct
{
  gint64 first;
  gint64 conversation;
  guint  n;
  GRand *rand;
} Batch;

static gboolean
write_batch (YjDatabase  *database,
             gpointer     data,
             GError     **error)
{
  const Batch *batch = data;

  for (guint i = 0; i < batch->n; i++)
    {
      g_autoptr(YjMessageRow) row = yj_message_row_new ();
      g_autofree char *text = make_text (batch->rand, i % 2 == 0);

      row->id = batch->first + i;
      row->conversation = batch->conversation;
      row->parent = batch->first + i - 1;
      row->role = i % 2 == 0 ? YJ_MESSAGE_USER : YJ_MESSAGE_ASSISTANT;
      row->state = YJ_MESSAGE_COMPLETE;
      row->whole = TRUE;
      g_string_append (row->text, text);
      row->created = g_get_real_time ();
      row->error_code = -1;
      row->prompt_tokens = row->completion_tokens = row->cached_tokens = row->first_token_us = row->duration_us = -1;
      if (!yj_rows_write_message (database, row, error))
        return FALSE;
    }
  return TRUE;
}

static void
fill_func (YjDatabase *database,
           GTask      *task,
           gpointer    data)
{
  GError *error = NULL;

  if (yj_database_transact (database, write_batch, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fill (YjLibrary *library,
      guint      conversations,
      guint      messages)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < conversations; i++)
    {
      YjConversation *conversation = yj_library_new_conversation (library);
      YjMessage *first = yj_library_add_message (library, conversation, YJ_MESSAGE_USER, words[i % G_N_ELEMENTS (words)]);
      Batch batch = { yj_message_get_key (first) + 1, yj_conversation_get_key (conversation), messages - 1, rand };
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      GTask *task = g_task_new (library, NULL, yj_test_take_result, &result);

      g_task_set_task_data (task, &batch, NULL);
      yj_library_push (library, task, fill_func);
      yj_test_wait (result != NULL);
      g_task_propagate_boolean (G_TASK (result), &error);
      g_assert_no_error (error);
    }
}

/* ---- searching */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return *(const gint64 *) a < *(const gint64 *) b ? -1 : 1;
}

static void
search (YjLibrary  *library,
        const char *query)
{
  gint64 times[RUNS];
  guint found = 0;

  for (guint i = 0; i < RUNS; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) ids = NULL;
      gint64 begin = g_get_monotonic_time ();

      yj_library_search_async (library, query, NULL, yj_test_take_result, &result);
      /* Not yj_test_wait(), whose looks would be measured too. */
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      times[i] = g_get_monotonic_time () - begin;
      ids = yj_library_search_finish (library, result, &error);
      g_assert_no_error (error);
      found = ids->len;
    }
  qsort (times, RUNS, sizeof times[0], compare);
  g_print ("%.1f %u %s\n", times[RUNS / 2] / 1e3, found, query);
}

int
main (int   argc,
      char *argv[])
{
  YjLibrary *library;

  setlocale (LC_ALL, "");
  g_assert (argc > 3);
  library = yj_test_open_path (argv[2]);
  if (g_str_equal (argv[1], "fill"))
    fill (library, atoi (argv[3]), atoi (argv[4]));
  else
    for (int i = 3; i < argc; i++)
      search (library, argv[i]);
  yj_test_close (library);
  g_object_unref (library);
  return 0;
}
