/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <signal.h>
#include <sys/wait.h>

#include "yj-chat.h"
#include "yj-error.h"
#include "yj-test-queue.h"

typedef struct
{
  YjTestPlatform *server;
  char           *folder;
  YjLibrary      *library;
  YjPlatform     *platform;
  YjChat         *chat;
  YjConversation *conversation;
  guint           n_ended;
} Fixture;

static void
ended_cb (YjChat         *chat,
          YjConversation *conversation,
          YjMessage      *message,
          gpointer        user_data)
{
  Fixture *f = user_data;

  g_assert_true (conversation == f->conversation);
  g_assert_cmpint (yj_message_get_state (message), !=, YJ_MESSAGE_STREAMING);
  f->n_ended++;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  f->server = yj_test_platform_new ();
  f->folder = yj_test_folder ("chat");
  f->library = yj_test_open_path (f->folder);
  f->platform = yj_platform_new (f->server->base_url, "test-key-12345", &error);
  g_assert_no_error (error);
  f->chat = yj_chat_new (f->library);
  yj_chat_set_platform (f->chat, f->platform);
  g_signal_connect (f->chat, "ended", G_CALLBACK (ended_cb), f);
  f->conversation = yj_library_new_conversation (f->library);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  yj_chat_stop_all (f->chat);
  g_assert_finalize_object (f->chat);
  yj_test_close (f->library);
  g_clear_object (&f->library);
  g_clear_object (&f->platform);
  yj_test_remove_tree (f->folder);
  g_free (f->folder);
  yj_test_platform_free (f->server);
}

static YjMessage *
ask (Fixture    *f,
     const char *prompt)
{
  guint ended = f->n_ended;
  YjMessage *message = yj_chat_send (f->chat, f->conversation, prompt);

  g_assert_true (yj_chat_is_busy (f->chat, f->conversation));
  yj_test_wait (f->n_ended > ended);
  g_assert_false (yj_chat_is_busy (f->chat, f->conversation));
  return message;
}

static char *
sent (Fixture *f,
      guint    number)
{
  YjTestRequest *request = g_ptr_array_index (f->server->chats, number);
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  g_autofree char *text = g_strndup (data, length);
  g_autoptr(JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_to_string (node, FALSE);
}

static void
test_first_turn (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *body = NULL;
  YjMessage *message;

  g_object_set (f->conversation, "model", "qwen3-max", "system-prompt", "Be short.", NULL);
  message = ask (f, "你是谁");
  body = sent (f, 0);
  g_assert_cmpstr (body, ==, "{\"model\":\"qwen3-max\",\"prompt\":\"你是谁\",\"sys_prompt\":\"Be short.\",\"stream\":true}");

  g_assert_cmpint (yj_message_get_state (message), ==, YJ_MESSAGE_COMPLETE);
  g_assert_cmpstr (yj_message_get_text (message), ==, "one two");
  g_assert_cmpstr (yj_message_get_model (message), ==, "m");
  g_assert_cmpint (yj_message_get_prompt_tokens (message), ==, 3);
  g_assert_cmpint (yj_message_get_completion_tokens (message), ==, 4);
  g_assert_cmpint (yj_message_get_cached_tokens (message), ==, 1);
  g_assert_cmpstr (yj_message_get_usage_id (message), ==, "u1");
  g_assert_cmpint (yj_message_get_first_token_us (message), >, 0);
  g_assert_cmpint (yj_message_get_duration_us (message), >=, yj_message_get_first_token_us (message));
  g_assert_cmpint (yj_message_get_error_code (message), ==, -1);
}

static void
check_roles (const char *body,
             const char *expected)
{
  g_autoptr(JsonNode) node = json_from_string (body, NULL);
  JsonObject *object = json_node_get_object (node);
  JsonArray *messages = json_object_get_array_member (object, "messages");
  g_autoptr(GString) turns = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (messages); i++)
    {
      JsonObject *turn = json_array_get_object_element (messages, i);

      g_string_append_printf (turns, "%s=%s;", json_object_get_string_member (turn, "role"),
                              json_object_get_string_member (turn, "content"));
    }
  g_assert_cmpstr (turns->str, ==, expected);
}

static void
test_history (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *second = NULL;
  g_autofree char *fifth = NULL;

  ask (f, "A");
  ask (f, "B");
  second = sent (f, 1);
  g_assert_nonnull (strstr (second, "\"prompt\":\"B\""));
  check_roles (second, "user=A;assistant=one two;user=B;");

  /* one that failed without a word leaves no trace, one that was cut leaves its text */
  f->server->chat_status = 500;
  f->server->chat_body = g_strdup ("{\"error\": \"broken\"}");
  g_assert_cmpint (yj_message_get_state (ask (f, "C")), ==, YJ_MESSAGE_FAILED);
  f->server->chat_status = 0;
  f->server->chat = YJ_TEST_CUT;
  g_free (f->server->chat_body);
  f->server->chat_body = g_strdup ("data: {\"choices\": [{\"delta\": {\"content\": \"half an\"}, \"index\": 0}]}\n");
  g_assert_cmpint (yj_message_get_state (ask (f, "D")), ==, YJ_MESSAGE_CUT);
  f->server->chat = YJ_TEST_ANSWER;
  g_clear_pointer (&f->server->chat_body, g_free);
  ask (f, "E");
  fifth = sent (f, 4);
  check_roles (fifth, "user=A;assistant=one two;user=B;assistant=one two;user=D;assistant=half an;user=E;");
}

static void
fail_next (Fixture    *f,
           guint       status,
           const char *body)
{
  f->server->chat_status = status;
  g_free (f->server->chat_body);
  f->server->chat_body = g_strdup (body);
}

static void
cut_next (Fixture    *f,
          const char *text)
{
  f->server->chat = YJ_TEST_CUT;
  g_free (f->server->chat_body);
  f->server->chat_body = g_strdup_printf ("data: {\"choices\": [{\"delta\": {\"content\": \"%s\"}, \"index\": 0}]}\n", text);
}

static void
answer_again (Fixture *f)
{
  f->server->chat = YJ_TEST_ANSWER;
  f->server->chat_status = 0;
  g_clear_pointer (&f->server->chat_body, g_free);
}

static YjMessage *
at (Fixture *f,
    guint    position)
{
  g_autoptr(YjMessage) message = g_list_model_get_item (G_LIST_MODEL (f->conversation), position);

  return message;
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->conversation));
}

/* The exact second turn, and exactly the document's form again when history is switched off. */
static void
test_history_form (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *second = NULL, *third = NULL;

  g_object_set (f->conversation, "model", "m1", "system-prompt", "Be short.", NULL);
  ask (f, "A");
  ask (f, "B");
  second = sent (f, 1);
  g_assert_cmpstr (second, ==, "{\"model\":\"m1\",\"prompt\":\"B\",\"sys_prompt\":\"Be short.\",\"stream\":true,\"messages\":["
                   "{\"role\":\"system\",\"content\":\"Be short.\"},{\"role\":\"user\",\"content\":\"A\"},"
                   "{\"role\":\"assistant\",\"content\":\"one two\"},{\"role\":\"user\",\"content\":\"B\"}]}");

  g_object_set (f->chat, "history", FALSE, "stream", FALSE, NULL);
  ask (f, "C");
  third = sent (f, 2);
  g_assert_cmpstr (third, ==, "{\"model\":\"m1\",\"prompt\":\"C\",\"sys_prompt\":\"Be short.\",\"stream\":false}");
}

/* Only what is on the branch travels, and the mark stands where the budget cuts. */
static void
test_budget (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *body = NULL, *long_question = g_strnfill (4000, 'x');
  g_autofree char *all = NULL;

  ask (f, long_question);
  ask (f, "B");
  ask (f, "C");
  g_object_set (f->chat, "history-budget", 1000, NULL);
  yj_chat_mark_history (f->chat, f->conversation);
  g_assert_true (yj_message_get_history_begins (at (f, 2)));
  ask (f, "D");
  body = sent (f, 3);
  check_roles (body, "user=B;assistant=one two;user=C;assistant=one two;user=D;");

  g_object_set (f->chat, "history-budget", 2000, NULL);
  yj_chat_mark_history (f->chat, f->conversation);
  g_assert_false (yj_message_get_history_begins (at (f, 2)));
  /* what was said last travels in any case */
  g_object_set (f->chat, "history-budget", 1, NULL);
  yj_chat_mark_history (f->chat, f->conversation);
  g_assert_true (yj_message_get_history_begins (at (f, 6)));
  ask (f, "E");
  all = sent (f, 4);
  check_roles (all, "user=D;assistant=one two;user=E;");
}

static void
test_try_again (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *again = NULL;
  YjMessage *failed, *better;
  guint ended, n_siblings;

  ask (f, "A");
  fail_next (f, 429, "{\"error\": \"Insufficient balance\"}");
  failed = ask (f, "B");
  g_assert_cmpint (yj_message_get_state (failed), ==, YJ_MESSAGE_FAILED);
  g_assert_cmpint (yj_message_get_error_code (failed), ==, YJ_ERROR_BALANCE);
  g_assert_nonnull (yj_message_get_error (failed));

  answer_again (f);
  g_object_set (f->chat, "stream", FALSE, NULL);
  ended = f->n_ended;
  better = yj_chat_try_again (f->chat, f->conversation);
  yj_test_wait (f->n_ended > ended);
  g_assert_cmpstr (yj_message_get_text (better), ==, "one two");
  /* the one that never came makes room, the question is not doubled, and what travels is what led to it */
  g_assert_cmpuint (count (f), ==, 4);
  g_assert_true (at (f, 3) == better);
  yj_message_get_sibling (better, &n_siblings);
  g_assert_cmpuint (n_siblings, ==, 1);
  again = sent (f, 2);
  check_roles (again, "user=A;assistant=one two;user=B;");
  g_assert_nonnull (strstr (again, "\"stream\":false"));
}

/* Another answer stands beside the first; a failed one does not take its place. */
static void
test_ask_again (Fixture       *f,
                gconstpointer  data)
{
  YjMessage *first = ask (f, "A"), *second, *failed;
  g_autofree char *body = NULL;
  guint ended = f->n_ended, n_siblings;

  ask (f, "B");
  ended = f->n_ended;
  second = yj_chat_ask_again (f->chat, f->conversation, at (f, 0), "other-model");
  g_assert_cmpuint (count (f), ==, 2);
  yj_test_wait (f->n_ended > ended);
  g_assert_cmpuint (yj_message_get_sibling (second, &n_siblings), ==, 2);
  g_assert_cmpuint (n_siblings, ==, 2);
  g_assert_cmpuint (yj_message_get_n_hidden (second), ==, 2);
  body = sent (f, 2);
  g_assert_cmpstr (body, ==, "{\"model\":\"other-model\",\"prompt\":\"A\",\"stream\":true}");

  yj_library_choose_message (f->library, f->conversation, first);
  g_assert_cmpuint (count (f), ==, 4);
  fail_next (f, 500, "{\"error\": \"broken\"}");
  ended = f->n_ended;
  failed = yj_chat_ask_again (f->chat, f->conversation, at (f, 0), NULL);
  g_assert_true (at (f, 1) == failed);
  yj_test_wait (f->n_ended > ended);
  g_assert_true (at (f, 1) == first);
  g_assert_cmpuint (count (f), ==, 4);
  g_assert_cmpuint (yj_message_get_sibling (first, &n_siblings), ==, 1);
  g_assert_cmpuint (n_siblings, ==, 3);
}

/* An edited question is another one, with its own history and answer. */
static void
test_ask_edited (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *body = NULL;
  guint ended;

  ask (f, "A");
  ask (f, "B");
  ask (f, "C");
  ended = f->n_ended;
  yj_chat_ask_edited (f->chat, f->conversation, at (f, 2), "B'");
  yj_test_wait (f->n_ended > ended);
  g_assert_cmpuint (count (f), ==, 4);
  g_assert_cmpstr (yj_message_get_text (at (f, 2)), ==, "B'");
  g_assert_cmpuint (yj_message_get_n_hidden (at (f, 2)), ==, 2);
  body = sent (f, 3);
  check_roles (body, "user=A;assistant=one two;user=B';");
}

/* A cut answer goes on in the same text, and says so; when that fails it is as it was. */
static void
test_go_on (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *body = NULL;
  YjMessage *answer;
  guint ended;

  ask (f, "A");
  cut_next (f, "写了一半");
  answer = ask (f, "B");
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_CUT);
  answer_again (f);
  fail_next (f, 500, "{\"error\": \"broken\"}");
  g_assert_true (yj_chat_can_go_on (f->chat, f->conversation, answer));
  ended = f->n_ended;
  yj_chat_go_on (f->chat, f->conversation, answer);
  yj_test_wait (f->n_ended > ended);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_CUT);
  g_assert_cmpstr (yj_message_get_text (answer), ==, "写了一半");
  g_assert_cmpuint (yj_message_get_continued (answer), ==, 0);

  answer_again (f);
  ended = f->n_ended;
  yj_chat_go_on (f->chat, f->conversation, answer);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_STREAMING);
  yj_test_wait (f->n_ended > ended);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_COMPLETE);
  g_assert_cmpstr (yj_message_get_text (answer), ==, "写了一半one two");
  g_assert_cmpuint (yj_message_get_continued (answer), ==, 1);
  g_assert_cmpint (yj_message_get_error_code (answer), ==, -1);
  g_assert_false (yj_chat_can_go_on (f->chat, f->conversation, answer));
  body = sent (f, 3);
  check_roles (body, "user=A;assistant=one two;user=B;assistant=写了一半;"
               "user=请从刚才中断的地方接着写，不要重复已经写过的内容，也不要加任何说明。;");
  g_object_set (f->chat, "history", FALSE, NULL);
  g_object_set (answer, "state", YJ_MESSAGE_CUT, NULL);
  g_assert_false (yj_chat_can_go_on (f->chat, f->conversation, answer));
  g_object_set (answer, "state", YJ_MESSAGE_COMPLETE, NULL);
}

/* What waits follows in its order while all goes well, and rests when it does not. */
static void
test_line (Fixture       *f,
           gconstpointer  data)
{
  GListModel *line = G_LIST_MODEL (yj_conversation_get_waiting (f->conversation));

  yj_chat_send (f->chat, f->conversation, "A");
  yj_chat_line_add (f->chat, f->conversation, "B");
  yj_chat_line_add (f->chat, f->conversation, "C");
  g_assert_cmpuint (g_list_model_get_n_items (line), ==, 2);
  yj_test_wait (f->n_ended == 3);
  g_assert_cmpuint (g_list_model_get_n_items (line), ==, 0);
  g_assert_cmpuint (count (f), ==, 6);
  g_assert_cmpstr (yj_message_get_text (at (f, 4)), ==, "C");

  fail_next (f, 500, "{\"error\": \"broken\"}");
  yj_chat_send (f->chat, f->conversation, "D");
  yj_chat_line_add (f->chat, f->conversation, "E");
  yj_test_wait (f->n_ended == 4);
  g_assert_false (yj_chat_is_busy (f->chat, f->conversation));
  g_assert_true (yj_conversation_get_waiting_rests (f->conversation));
  g_assert_cmpuint (g_list_model_get_n_items (line), ==, 1);
  g_assert_cmpuint (f->server->chats->len, ==, 4);

  answer_again (f);
  yj_chat_line_go (f->chat, f->conversation);
  yj_test_wait (f->n_ended == 5);
  g_assert_cmpuint (g_list_model_get_n_items (line), ==, 0);
  g_assert_cmpstr (yj_message_get_text (at (f, count (f) - 2)), ==, "E");
}

/* Nothing is asked in the trash, however the answer ends; what waits is there when the conversation comes back. */
static void
test_line_trashed (Fixture       *f,
                   gconstpointer  data)
{
  GListModel *line = G_LIST_MODEL (yj_conversation_get_waiting (f->conversation));
  YjMessage *answer;

  answer = yj_chat_send (f->chat, f->conversation, "A");
  yj_chat_line_add (f->chat, f->conversation, "B");
  yj_library_trash_conversation (f->library, f->conversation);
  yj_test_wait (f->n_ended == 1);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_COMPLETE);
  g_assert_false (yj_chat_is_busy (f->chat, f->conversation));
  g_assert_true (yj_conversation_get_waiting_rests (f->conversation));
  g_assert_cmpuint (g_list_model_get_n_items (line), ==, 1);
  g_assert_cmpuint (f->server->chats->len, ==, 1);
}

static void
test_stop (Fixture       *f,
           gconstpointer  data)
{
  YjMessage *message;

  f->server->chat = YJ_TEST_HOLD;
  f->server->chat_body = g_strdup ("data: {\"choices\": [{\"delta\": {\"content\": \"what came\"}, \"index\": 0}]}\n");
  message = yj_chat_send (f->chat, f->conversation, "A");
  yj_test_wait (strlen (yj_message_get_text (message)) > 0);
  yj_chat_stop (f->chat, f->conversation);
  yj_test_wait (f->n_ended == 1);
  g_assert_cmpint (yj_message_get_state (message), ==, YJ_MESSAGE_STOPPED);
  g_assert_cmpstr (yj_message_get_text (message), ==, "what came");
  g_assert_cmpuint (f->server->chats->len, ==, 1);
}

static void
test_no_platform (Fixture       *f,
                  gconstpointer  data)
{
  YjMessage *message;

  yj_chat_set_platform (f->chat, NULL);
  message = yj_chat_send (f->chat, f->conversation, "A");
  g_assert_cmpint (yj_message_get_state (message), ==, YJ_MESSAGE_FAILED);
  g_assert_cmpint (yj_message_get_error_code (message), ==, YJ_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (f->n_ended, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->conversation)), ==, 2);
}

static void
test_two_conversations (Fixture       *f,
                        gconstpointer  data)
{
  YjConversation *first = f->conversation, *second;
  YjMessage *one, *two;

  f->server->chat = YJ_TEST_HOLD;
  f->server->chat_body = g_strdup ("data: {\"choices\": [{\"delta\": {\"content\": \"x\"}, \"index\": 0}]}\n");
  one = yj_chat_send (f->chat, first, "A");
  second = yj_library_new_conversation (f->library);
  two = yj_chat_send (f->chat, second, "B");
  yj_test_wait (*yj_message_get_text (one) != '\0' && *yj_message_get_text (two) != '\0');

  yj_chat_stop (f->chat, first);
  yj_test_wait (f->n_ended == 1);
  g_assert_true (yj_chat_is_busy (f->chat, second));
  f->conversation = second;
  yj_chat_stop (f->chat, second);
  yj_test_wait (f->n_ended == 2);
}

/* ---- killed while it streams */

/* Says how much is there, as soon as it is. */
static void
child_delta_cb (YjMessage  *message,
                GParamSpec *pspec,
                gpointer    user_data)
{
  g_print ("%zu\n", strlen (yj_message_get_text (message)));
}

/* test-chat --ask FOLDER BASE_URL: asks, says when the text is there, and goes on until it is killed. */
G_NORETURN static void
ask_as_child (const char *folder,
              const char *base_url)
{
  YjLibrary *library = yj_test_open_path (folder);
  YjChat *chat = yj_chat_new (library);
  YjConversation *conversation = yj_library_new_conversation (library);
  YjMessage *message;

  yj_chat_set_platform (chat, yj_platform_new (base_url, "test-key-12345", NULL));
  message = yj_chat_send (chat, conversation, "A");
  g_signal_connect (message, "notify::text", G_CALLBACK (child_delta_cb), NULL);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  GIOStream *stream;
  guint      n_written;
  GArray    *told;      /* of Told: what the child had, and when */
  gboolean   over;
} Talk;

typedef struct
{
  gint64 when;
  gsize  length;
} Told;

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Talk *talk = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);

  talk->over = line == NULL;
  if (talk->over)
    return;
  g_array_append_val (talk->told, ((Told) { g_get_monotonic_time (), g_ascii_strtoull (line, NULL, 10) }));
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (object), 0, NULL, line_cb, talk);
}

/* Twenty words a second. */
static gboolean
write_cb (gpointer user_data)
{
  static const char word[] = "data: {\"choices\": [{\"delta\": {\"content\": \"词语 \"}, \"index\": 0}]}\n";
  Talk *talk = user_data;

  g_output_stream_write_all (g_io_stream_get_output_stream (talk->stream), word, strlen (word), NULL, NULL, NULL);
  talk->n_written++;
  return G_SOURCE_CONTINUE;
}

/* Killed in the middle of a stream: all that had come until one second before is there. */
static void
test_killed (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *folder = yj_test_folder ("killed");
  g_autoptr(GSubprocess) child = NULL;
  g_autoptr(GDataInputStream) output = NULL;
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(YjConversation) conversation = NULL;
  g_autoptr(YjMessage) message = NULL;
  g_autoptr(GAsyncResult) loaded = NULL;
  g_autoptr(GArray) told = g_array_new (FALSE, FALSE, sizeof (Told));
  g_autoptr(GError) error = NULL;
  Talk talk = { .told = told };
  gsize must = 0, length;
  gint64 killed;
  guint writer;

  f->server->chat = YJ_TEST_HOLD;
  f->server->chat_body = g_strdup ("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}, \"index\": 0}]}\n");
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--ask", folder,
                            f->server->base_url, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_data_input_stream_read_line_async (output, 0, NULL, line_cb, &talk);
  yj_test_wait (told->len > 0);
  talk.stream = g_ptr_array_index (f->server->streams, 0);
  writer = g_timeout_add (50, write_cb, &talk);
  yj_test_wait (talk.n_written >= 50 && told->len > 20);
  killed = g_get_monotonic_time ();
  g_subprocess_send_signal (child, SIGKILL);
  g_source_remove (writer);
  g_subprocess_wait (child, NULL, NULL);
  yj_test_wait (talk.over);

  library = yj_test_open_path (folder);
  conversation = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_nonnull (conversation);
  yj_library_load_conversation_async (library, conversation, NULL, yj_test_take_result, &loaded);
  yj_test_wait (loaded != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (conversation)), ==, 2);
  message = g_list_model_get_item (G_LIST_MODEL (conversation), 1);
  for (guint i = 0; i < told->len; i++)
    if (g_array_index (told, Told, i).when < killed - G_USEC_PER_SEC)
      must = g_array_index (told, Told, i).length;
  length = strlen (yj_message_get_text (message));
  g_test_message ("%zu bytes had come, %zu of them more than a second ago, %zu are there",
                  g_array_index (told, Told, told->len - 1).length, must, length);
  g_assert_cmpuint (must, >, 0);
  g_assert_cmpuint (length, >=, must);
  g_assert_cmpint (yj_message_get_state (message), ==, YJ_MESSAGE_CUT);

  yj_test_close (library);
  yj_test_remove_tree (folder);
}

#define ADD(path, func) g_test_add ("/chat/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--ask"))
    ask_as_child (argv[2], argv[3]);

  yj_test_isolate ();
  g_test_init (&argc, &argv, NULL);

  ADD ("first-turn", test_first_turn);
  ADD ("history", test_history);
  ADD ("history-form", test_history_form);
  ADD ("budget", test_budget);
  ADD ("try-again", test_try_again);
  ADD ("ask-again", test_ask_again);
  ADD ("ask-edited", test_ask_edited);
  ADD ("go-on", test_go_on);
  ADD ("line", test_line);
  ADD ("line-trashed", test_line_trashed);
  ADD ("stop", test_stop);
  ADD ("no-platform", test_no_platform);
  ADD ("two-conversations", test_two_conversations);
  ADD ("killed", test_killed);

  return g_test_run ();
}
