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
  f->library = yj_test_open_library (f->folder);
  f->platform = yj_platform_new (f->server->base_url, "test-key-12345", &error);
  g_assert_no_error (error);
  f->chat = yj_chat_new (f->library);
  yj_chat_set_platform (f->chat, f->platform);
  g_signal_connect (f->chat, "ended", G_CALLBACK (ended_cb), f);
  f->conversation = yj_library_new_conversation (f->library);
}

static void
close_library (Fixture *f)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_library_close_async (f->library, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_close_finish (f->library, result, &error));
  g_clear_object (&f->library);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  yj_chat_stop_all (f->chat);
  g_assert_finalize_object (f->chat);
  close_library (f);
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
  YjMessage *message = yj_chat_send (f->chat, f->conversation, prompt, TRUE);

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
test_try_again (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *again = NULL;
  YjMessage *failed, *better;
  guint ended;

  ask (f, "A");
  f->server->chat_status = 429;
  f->server->chat_body = g_strdup ("{\"error\": \"Insufficient balance\"}");
  failed = ask (f, "B");
  g_assert_cmpint (yj_message_get_state (failed), ==, YJ_MESSAGE_FAILED);
  g_assert_cmpint (yj_message_get_error_code (failed), ==, YJ_ERROR_BALANCE);
  g_assert_nonnull (yj_message_get_error (failed));

  f->server->chat_status = 0;
  g_clear_pointer (&f->server->chat_body, g_free);
  ended = f->n_ended;
  better = yj_chat_try_again (f->chat, f->conversation);
  yj_test_wait (f->n_ended > ended);
  g_assert_cmpstr (yj_message_get_text (better), ==, "one two");
  /* the old answer stays, the question is not doubled, and what travels is what led to it */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (f->conversation)), ==, 5);
  again = sent (f, 2);
  check_roles (again, "user=A;assistant=one two;user=B;");
}

static void
test_stop (Fixture       *f,
           gconstpointer  data)
{
  YjMessage *message;

  f->server->chat = YJ_TEST_HOLD;
  f->server->chat_body = g_strdup ("data: {\"choices\": [{\"delta\": {\"content\": \"what came\"}, \"index\": 0}]}\n");
  message = yj_chat_send (f->chat, f->conversation, "A", TRUE);
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
  message = yj_chat_send (f->chat, f->conversation, "A", TRUE);
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
  one = yj_chat_send (f->chat, first, "A", TRUE);
  second = yj_library_new_conversation (f->library);
  two = yj_chat_send (f->chat, second, "B", TRUE);
  yj_test_wait (*yj_message_get_text (one) != '\0' && *yj_message_get_text (two) != '\0');

  yj_chat_stop (f->chat, first);
  yj_test_wait (f->n_ended == 1);
  g_assert_true (yj_chat_is_busy (f->chat, second));
  f->conversation = second;
  yj_chat_stop (f->chat, second);
  yj_test_wait (f->n_ended == 2);
}

/* ---- killed while it streams */

static void
child_delta_cb (YjMessage  *message,
                GParamSpec *pspec,
                gpointer    user_data)
{
  if (strstr (yj_message_get_text (message), "last words") != NULL)
    g_print ("here\n");
}

/* test-chat --ask FOLDER BASE_URL: asks, says when the text is there, and goes on until it is killed. */
G_NORETURN static void
ask_as_child (const char *folder,
              const char *base_url)
{
  YjLibrary *library = yj_test_open_library (folder);
  YjChat *chat = yj_chat_new (library);
  YjConversation *conversation = yj_library_new_conversation (library);
  YjMessage *message;

  yj_chat_set_platform (chat, yj_platform_new (base_url, "test-key-12345", NULL));
  message = yj_chat_send (chat, conversation, "A", TRUE);
  g_signal_connect (message, "notify::text", G_CALLBACK (child_delta_cb), NULL);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

static void
line_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  char **line = user_data;

  *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);
}

static gboolean
flag_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

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
  g_autoptr(GAsyncResult) loaded = NULL, closed = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;
  gboolean second_over = FALSE;

  f->server->chat = YJ_TEST_HOLD;
  f->server->chat_body = g_strdup ("data: {\"choices\": [{\"delta\": {\"content\": \"my last words\"}, \"index\": 0}]}\n");
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", "--ask", folder,
                            f->server->base_url, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_data_input_stream_read_line_async (output, 0, NULL, line_cb, &line);
  yj_test_wait (line != NULL);
  g_assert_cmpstr (line, ==, "here");

  /* a second is what may be lost */
  g_timeout_add (1000, flag_cb, &second_over);
  yj_test_wait (second_over);
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);

  library = yj_test_open_library (folder);
  conversation = g_list_model_get_item (yj_library_get_conversations (library), 0);
  g_assert_nonnull (conversation);
  yj_library_load_conversation_async (library, conversation, NULL, yj_test_take_result, &loaded);
  yj_test_wait (loaded != NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (conversation)), ==, 2);
  message = g_list_model_get_item (G_LIST_MODEL (conversation), 1);
  g_assert_cmpstr (yj_message_get_text (message), ==, "my last words");
  g_assert_cmpint (yj_message_get_state (message), !=, YJ_MESSAGE_COMPLETE);

  yj_library_close_async (library, yj_test_take_result, &closed);
  yj_test_wait (closed != NULL);
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
  ADD ("try-again", test_try_again);
  ADD ("stop", test_stop);
  ADD ("no-platform", test_no_platform);
  ADD ("two-conversations", test_two_conversations);
  ADD ("killed", test_killed);

  return g_test_run ();
}
