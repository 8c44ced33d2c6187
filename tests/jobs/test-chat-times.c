/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an answer takes: thinking, and silence. */
#include "yj-chat.h"
#include "yj-fault-server.h"
#include "yj-test-queue.h"

#define THOUGHT "data: {\"choices\": [{\"index\": 0, \"delta\": {\"reasoning_content\": \"hm\"}}]}\n\n"
#define WORD "data: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"word\"}}]}\n\n"

typedef struct
{
  YjFaultServer  *server;
  char           *folder;
  YjLibrary      *library;
  YjChat         *chat;
  YjConversation *conversation;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(YjPlatform) platform = NULL;

  f->server = yj_fault_server_new ();
  yj_fault_server_script (f->server, &(YjFaultReply) { .headers = "Content-Type: text/event-stream\r\n", .body = data,
                                                       .framing = YJ_FAULT_CHUNKED, .open_chunks = TRUE, .end = YJ_FAULT_HOLD });
  f->folder = yj_test_folder ("times");
  f->library = yj_test_open_path (f->folder);
  platform = yj_platform_new (yj_fault_server_get_url (f->server), "test-key-12345", &error);
  g_assert_no_error (error);
  f->chat = yj_chat_new (f->library);
  yj_chat_set_platform (f->chat, platform);
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
  yj_test_remove_tree (f->folder);
  g_free (f->folder);
  yj_fault_server_free (f->server);
}

/* Silence is told and ends nothing; what comes from the person does. */
static void
test_stall (Fixture       *f,
            gconstpointer  data)
{
  YjMessage *answer = yj_chat_send (f->chat, f->conversation, "Well?");

  g_assert_false (yj_message_get_stalled (answer));
  yj_test_wait (*yj_message_get_text (answer) != '\0');
  g_assert_false (yj_message_get_stalled (answer));
  yj_test_wait (yj_message_get_stalled (answer));
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_STREAMING);
  yj_chat_stop (f->chat, f->conversation);
  yj_test_wait (yj_message_get_state (answer) != YJ_MESSAGE_STREAMING);
  g_assert_cmpint (yj_message_get_state (answer), ==, YJ_MESSAGE_STOPPED);
  g_assert_false (yj_message_get_stalled (answer));
  g_assert_cmpstr (yj_message_get_text (answer), ==, "word");
}

/* Thinking ends with the first word, and how long it took is kept. */
static void
test_thinking (Fixture       *f,
               gconstpointer  data)
{
  YjMessage *answer = yj_chat_send (f->chat, f->conversation, "Well?");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(YjConversation) again = NULL;
  g_autoptr(YjMessage) kept = NULL;
  g_autoptr(GError) error = NULL;
  gint64 thought;

  yj_test_wait (*yj_message_get_text (answer) != '\0');
  thought = yj_message_get_reasoning_us (answer);
  g_assert_cmpint (thought, >=, 0);
  yj_chat_stop (f->chat, f->conversation);
  yj_test_wait (yj_message_get_state (answer) != YJ_MESSAGE_STREAMING);
  g_assert_cmpint (yj_message_get_reasoning_us (answer), ==, thought);
  yj_test_close (f->library);
  g_clear_object (&f->library);

  f->library = yj_test_open_path (f->folder);
  again = g_list_model_get_item (yj_library_get_conversations (f->library), 0);
  yj_library_load_conversation_async (f->library, again, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_load_conversation_finish (f->library, result, &error));
  kept = g_list_model_get_item (G_LIST_MODEL (again), 1);
  g_assert_cmpint (yj_message_get_reasoning_us (kept), ==, thought);
}

/* Thoughts that no word follows end with the answer. */
static void
test_only_thoughts (Fixture       *f,
                    gconstpointer  data)
{
  YjMessage *answer = yj_chat_send (f->chat, f->conversation, "Well?");

  yj_test_wait (*yj_message_get_reasoning (answer) != '\0');
  g_assert_cmpint (yj_message_get_reasoning_us (answer), ==, -1);
  yj_chat_stop (f->chat, f->conversation);
  yj_test_wait (yj_message_get_state (answer) != YJ_MESSAGE_STREAMING);
  g_assert_cmpint (yj_message_get_reasoning_us (answer), >=, 0);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("YUANJING_STALL_SECONDS", "1", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/chat-times/stall", Fixture, WORD, set_up, test_stall, tear_down);
  g_test_add ("/chat-times/thinking", Fixture, THOUGHT WORD, set_up, test_thinking, tear_down);
  g_test_add ("/chat-times/only-thoughts", Fixture, THOUGHT, set_up, test_only_thoughts, tear_down);

  return g_test_run ();
}
