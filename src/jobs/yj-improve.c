/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A better prompt from a chat model. It gets the prompt with a number in double brackets for each mention, as no model's
   own word would survive its care, and the advice of the video model. */
#define G_LOG_DOMAIN "yj-improve"

#include "yj-improve.h"

#include <string.h>

#include "yj-prompt-text.h"

#define MAX_ANSWER 40000        /* bytes: more is no prompt */

typedef struct
{
  char         *source;         /* the prompt as it was asked about */
  YjChatStream *stream;
  GString      *text;
  gulong        cancelled_id;
} Improve;

static void
improve_free (Improve *improve)
{
  g_clear_object (&improve->stream);
  g_string_free (improve->text, TRUE);
  g_free (improve->source);
  g_free (improve);
}

/* ---- the question */

/* The mentions, each file once, in the order of the text. */
static GPtrArray *
list_mentions (GPtrArray *pieces)
{
  GPtrArray *mentions = g_ptr_array_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      gboolean known = piece->id == NULL;

      for (guint j = 0; !known && j < mentions->len; j++)
        known = g_str_equal (((YjPromptPiece *) g_ptr_array_index (mentions, j))->id, piece->id);
      if (!known)
        g_ptr_array_add (mentions, piece);
    }

  return mentions;
}

static guint
get_number (GPtrArray  *mentions,
            const char *id)
{
  for (guint i = 0; i < mentions->len; i++)
    if (g_str_equal (((YjPromptPiece *) g_ptr_array_index (mentions, i))->id, id))
      return i + 1;

  return 0;
}

/**
 * yj_improve_dup_question:
 * @draft: a draft
 *
 * Returns: (transfer full): its prompt, with `[[1]]` for the file that is mentioned first, and so on
 */
char *
yj_improve_dup_question (YjDraft *draft)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (yj_draft_get_prompt_source (draft));
  g_autoptr(GPtrArray) mentions = list_mentions (pieces);
  g_autoptr(GString) question = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->id != NULL)
        g_string_append_printf (question, "[[%u]]", get_number (mentions, piece->id));
      else
        g_string_append_len (question, piece->text, (gssize) piece->length);
    }

  return g_string_free_and_steal (g_steal_pointer (&question));
}

static void
append_files (GString   *text,
              YjDraft   *draft,
              GPtrArray *mentions,
              gboolean   chinese)
{
  static const struct { const char *en, *zh; } kinds[] = {
    [YJ_MEDIA_KIND_UNKNOWN] = { "a file", "文件" }, [YJ_MEDIA_KIND_IMAGE] = { "a picture", "图片" },
    [YJ_MEDIA_KIND_VIDEO] = { "a video", "视频" }, [YJ_MEDIA_KIND_AUDIO] = { "a sound", "音频" },
  };

  for (guint i = 0; i < mentions->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (mentions, i);
      YjDraftFile *file = yj_draft_find_file (draft, piece->id, NULL);
      YjMediaKind kind = file != NULL ? yj_draft_file_get_kind (file) : YJ_MEDIA_KIND_UNKNOWN;

      g_string_append_printf (text, chinese ? "\n[[%u]] 是%s“%s”。" : "\n[[%u]] is %s called “%s”.", i + 1,
                              chinese ? kinds[kind].zh : kinds[kind].en, piece->name);
    }
}

/**
 * yj_improve_dup_instructions:
 * @draft: a draft
 * @wish: (nullable): what the person wants of it
 *
 * Returns: (transfer full): the system prompt, in the language of the prompt
 */
char *
yj_improve_dup_instructions (YjDraft    *draft,
                             const char *wish)
{
  const char *source = yj_draft_get_prompt_source (draft);
  gboolean chinese = yj_prompt_text_is_chinese (source);
  const char *advice = yj_model_get_advice (yj_draft_get_model (draft), chinese);
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);
  g_autoptr(GPtrArray) mentions = list_mentions (pieces);
  g_autoptr(GString) text = NULL;

  text = g_string_new (chinese
                       ? "你为视频生成模型改写提示词。只输出改好的提示词本身，不要解释、标题、引号或 Markdown。"
                         "语言与原文相同。保留原意、原文提到的人和物，以及引号里的台词；补上缺少的画面细节，不要编造新的情节。"
                       : "You rewrite prompts for a video model. Answer with the improved prompt only: no remarks, headings, quotation "
                         "marks around it or Markdown. Keep its language, its meaning, whom and what it names, and what is said in "
                         "it; add what is missing to see it, and no new story.");
  if (mentions->len > 0)
    g_string_append (text, chinese
                     ? "\n形如 [[1]] 的记号代表随提示词附上的文件：每个都要原样保留，放在句中合适的位置。"
                     : "\nSigns such as [[1]] stand for files that go with the prompt: keep each of them exactly as it is, where it "
                       "belongs in the sentence.");
  append_files (text, draft, mentions, chinese);
  if (advice != NULL)
    g_string_append_printf (text, chinese ? "\n%s 的写法建议：%s" : "\nHow to write for %s: %s",
                            yj_model_get_title (yj_draft_get_model (draft)), advice);
  if (wish != NULL && *wish != '\0')
    g_string_append_printf (text, chinese ? "\n用户的要求：%s" : "\nWhat is wanted: %s", wish);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* ---- the answer */

/* Without the fence or the quotation marks that models put around it all the same. */
static char *
dup_bare (const char *answer)
{
  static const struct { const char *open, *close; } pairs[] = { { "\"", "\"" }, { "“", "”" }, { "「", "」" } };
  g_autofree char *text = g_strstrip (yj_prompt_text_from_plain (answer));

  if (g_str_has_prefix (text, "```") && g_str_has_suffix (text, "```") && strchr (text, '\n') != NULL && strlen (text) > 6)
    {
      char *inner = strchr (text, '\n') + 1;

      if (strlen (inner) < 3)
        return g_steal_pointer (&text);
      inner[strlen (inner) - 3] = '\0';
      return g_strstrip (g_strdup (inner));
    }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gsize open = strlen (pairs[i].open), close = strlen (pairs[i].close), length = strlen (text);

      if (length > open + close && g_str_has_prefix (text, pairs[i].open) && g_str_has_suffix (text, pairs[i].close) &&
          g_strstr_len (text + open, (gssize) (length - open - close), pairs[i].open) == NULL)
        return g_strndup (text + open, length - open - close);
    }

  return g_steal_pointer (&text);
}

static gboolean
put_mention (const GMatchInfo *match,
             GString          *text,
             gpointer          user_data)
{
  GPtrArray *mentions = user_data;
  g_autofree char *number = g_match_info_fetch (match, 1);
  guint64 n = g_ascii_strtoull (number, NULL, 10);
  g_autofree char *mention = NULL;

  if (n > 0 && n <= mentions->len)
    {
      const YjPromptPiece *piece = g_ptr_array_index (mentions, n - 1);

      mention = yj_prompt_text_mention (piece->id, piece->name);
      g_string_append (text, mention);
    }

  return FALSE;
}

static char *
read_answer (const char *source,
             const char *answer)
{
  g_autoptr(GRegex) regex = g_regex_new ("(?:\\[\\s*\\[|【\\s*【)\\s*(\\d{1,3})\\s*(?:\\]\\s*\\]|】\\s*】)", 0, 0, NULL);
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (source);
  g_autoptr(GPtrArray) mentions = list_mentions (pieces);
  g_autofree char *bare = dup_bare (answer);

  return g_regex_replace_eval (regex, bare, -1, 0, 0, put_mention, mentions, NULL);
}

/**
 * yj_improve_read_answer:
 * @draft: the draft that was asked about
 * @answer: what a model answered
 *
 * Returns: (transfer full): the prompt in it, with its mentions
 */
char *
yj_improve_read_answer (YjDraft    *draft,
                        const char *answer)
{
  return read_answer (yj_draft_get_prompt_source (draft), answer);
}

/* ---- asking */

static void
delta_cb (YjChatStream *stream,
          const char   *content,
          const char   *reasoning,
          GTask        *task)
{
  Improve *improve = g_task_get_task_data (task);

  if (content != NULL && improve->text->len < MAX_ANSWER)
    g_string_append (improve->text, content);
}

static void
ended_cb (YjChatStream *stream,
          GTask        *task)
{
  g_autoptr(GTask) kept = task;         /* taken when it was asked */
  Improve *improve = g_task_get_task_data (task);
  const GError *error = yj_chat_stream_get_error (stream);
  g_autofree char *source = NULL;

  g_signal_handlers_disconnect_by_data (stream, task);
  g_cancellable_disconnect (g_task_get_cancellable (task), improve->cancelled_id);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (error != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      return;
    }
  source = read_answer (improve->source, improve->text->str);
  if (yj_chat_stream_get_end (stream) != YJ_CHAT_END_COMPLETE || source == NULL || *source == '\0')
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The answer is cut short or empty");
  else
    g_task_return_pointer (task, g_steal_pointer (&source), g_free);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  yj_chat_stream_stop (YJ_CHAT_STREAM (user_data));
}

/**
 * yj_improve_async:
 * @platform: who answers
 * @chat_model: (nullable): the chat model's name, %NULL for the platform's default
 * @draft: the draft; what is changed in it meanwhile does not matter
 * @wish: (nullable): what the person wants of it
 * @cancellable: (nullable): stops the answer
 * @callback: called with the answer
 * @user_data: for @callback
 */
void
yj_improve_async (YjPlatform          *platform,
                  const char          *chat_model,
                  YjDraft             *draft,
                  const char          *wish,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autofree char *question = yj_improve_dup_question (draft), *instructions = yj_improve_dup_instructions (draft, wish);
  YjChatRequest request = { .model = chat_model, .prompt = question, .system_prompt = instructions, .stream = TRUE };
  GTask *task = g_task_new (platform, cancellable, callback, user_data);
  Improve *improve = g_new0 (Improve, 1);

  g_task_set_source_tag (task, yj_improve_async);
  improve->source = g_strdup (yj_draft_get_prompt_source (draft));
  improve->text = g_string_new (NULL);
  g_task_set_task_data (task, improve, (GDestroyNotify) improve_free);
  improve->stream = yj_platform_chat (platform, &request);
  g_signal_connect (improve->stream, "delta", G_CALLBACK (delta_cb), task);
  g_signal_connect (improve->stream, "ended", G_CALLBACK (ended_cb), task);
  if (cancellable != NULL)
    improve->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), improve->stream, NULL);
}

/**
 * yj_improve_finish:
 * @result: from the callback
 * @error: return location: a [error@Yj.Error] of the platform, `G_IO_ERROR_PARTIAL_INPUT` when no whole prompt
 *   came, `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the prompt with its mentions
 */
char *
yj_improve_finish (GAsyncResult  *result,
                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
