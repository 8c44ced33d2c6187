/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-library"

#include <string.h>

#include "yj-attachment.h"
#include "yj-library-private.h"
#include "yj-match.h"
#include "yj-search.h"

#define BEFORE 16               /* characters of a snippet before the hit */
#define AFTER 80
#define ENOUGH 2000             /* messages that are looked into for a better one */
#define LOOK_AT_CANCELLED 64    /* messages, each of which may be long */

void
yj_search_hit_free (YjSearchHit *hit)
{
  g_free (hit->words);
  g_free (hit->snippet);
  g_free (hit);
}

/* ---------------------------------------------------------------- a snippet */

/* In one line, without what is only a mark of Markdown. */
static void
append_plain (GString    *target,
              const char *text,
              gsize       length)
{
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == '|' || g_unichar_iscntrl (c))
        {
          if (target->len > 0 && target->str[target->len - 1] != ' ')
            g_string_append_c (target, ' ');
        }
      else if (strchr ("*`#~", c < 0x80 ? (int) c : 'x') == NULL)
        g_string_append_unichar (target, c);
    }
}

static void
make_snippet (YjSearchHit *hit,
              const char  *text,
              gsize        start,
              gsize        end)
{
  g_autoptr(GString) snippet = g_string_new (NULL);
  const char *from = text + start, *to = text + end;
  g_autofree char *marked = g_strndup (text + start, end - start);

  for (guint i = 0; i < BEFORE && from > text; i++)
    from = g_utf8_prev_char (from);
  for (guint i = 0; i < AFTER && *to != '\0'; i++)
    to = g_utf8_next_char (to);
  if (from > text)
    {
      while (from < text + start && g_unichar_isspace (g_utf8_get_char (from)))
        from = g_utf8_next_char (from);
      g_string_append (snippet, "…");
    }
  append_plain (snippet, from, text + start - from);
  hit->start = snippet->len;
  append_plain (snippet, marked, end - start);
  hit->end = snippet->len;
  append_plain (snippet, text + end, to - (text + end));
  if (*to != '\0')
    g_string_append (snippet, "…");
  hit->snippet = g_string_free_and_steal (g_steal_pointer (&snippet));
}

/* ---------------------------------------------------------------- which message */

typedef struct
{
  GPtrArray *matches;           /* of YjMatch: first all words as they are, then each for itself */
  GPtrArray *words;             /* what each looks for */
} Query;

static void
query_init (Query      *query,
            const char *string)
{
  g_auto(GStrv) words = yj_search_words (string);

  query->matches = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_match_free);
  query->words = g_ptr_array_new_with_free_func (g_free);
  for (int i = -1; i < (int) g_strv_length (words); i++)
    {
      const char *word = i < 0 ? string : words[i];
      YjMatch *match = yj_match_new (word);

      if (match == NULL)
        continue;
      g_ptr_array_add (query->matches, match);
      g_ptr_array_add (query->words, g_strstrip (g_strdup (word)));
    }
}

static void
query_clear (Query *query)
{
  g_ptr_array_unref (query->matches);
  g_ptr_array_unref (query->words);
}

/* How good a text is: 0 for all words next to each other, then by the first word found; G_MAXUINT: none is in it. */
static guint
rate (Query      *query,
      const char *text,
      gsize      *start,
      gsize      *end)
{
  for (guint i = 0; i < query->matches->len; i++)
    if (yj_match_next (query->matches->pdata[i], text, 0, start, end))
      return i;
  return G_MAXUINT;
}

/* Takes what @text has of @query as the hit, if that is better than @best. */
static gboolean
take_better (YjSearchHit *hit,
             Query       *query,
             const char  *text,
             guint       *best)
{
  gsize start, end;
  guint rating = rate (query, text, &start, &end);

  if (rating >= *best)
    return FALSE;
  *best = rating;
  g_clear_pointer (&hit->snippet, g_free);
  make_snippet (hit, text, start, end);
  g_set_str (&hit->words, query->words->pdata[rating]);
  return TRUE;
}

/* In a text that is attached, the name of which then begins the snippet. Nothing of it is in sight: there are no words to
 * be shown in the message. */
static gboolean
take_attached (YjSearchHit *hit,
               Query       *query,
               const char  *text,
               guint       *best)
{
  g_autoptr(GListModel) attachments = yj_attachment_parse (text);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (attachments); i++)
    {
      g_autoptr(YjAttachment) attachment = g_list_model_get_item (attachments, i);

      if (take_better (hit, query, yj_attachment_get_name (attachment), best))
        taken = TRUE;
      if (take_better (hit, query, yj_attachment_get_text (attachment), best))
        {
          g_autofree char *found = g_steal_pointer (&hit->snippet);
          g_autofree char *name = g_strconcat (yj_attachment_get_name (attachment), ": ", NULL);

          hit->snippet = g_strconcat (name, found, NULL);
          hit->start += strlen (name);
          hit->end += strlen (name);
          taken = TRUE;
        }
    }
  if (taken)
    g_set_str (&hit->words, "");
  return taken;
}

/* In the message of a row. */
static void
look_into (YjSearchHit  *hit,
           Query        *query,
           sqlite3_stmt *statement,
           guint        *best)
{
  g_autofree char *text = yj_database_dup_text (statement, 1);
  const char *body = sqlite3_column_int (statement, 2) ? yj_attachment_get_body (text) : text;

  if (take_better (hit, query, body, best))
    hit->message = sqlite3_column_int64 (statement, 0);
  if (body != text && take_attached (hit, query, text, best))
    hit->message = sqlite3_column_int64 (statement, 0);
}

/* When only the title has the words, every message is looked into, for as long as somebody waits for it. */
YjSearchHit *
yj_search_find_hit (YjDatabase    *database,
                    gint64         conversation,
                    const char    *string,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(sqlite3_stmt) statement = NULL;
  g_autoptr(YjSearchHit) hit = g_new0 (YjSearchHit, 1);
  guint best = G_MAXUINT;
  GError *local_error = NULL;
  Query query;

  statement = yj_database_prepare (database, error, "SELECT id, text, role = 'user' FROM messages WHERE conversation = ? AND trashed = 0"
                                   " ORDER BY seq DESC", "i", conversation);
  if (statement == NULL)
    return NULL;
  query_init (&query, string);
  for (guint n = 1; best > 0 && (n <= ENOUGH || best == G_MAXUINT); n++)
    {
      if (!yj_database_step (database, statement, &local_error) ||
          (n % LOOK_AT_CANCELLED == 0 && g_cancellable_set_error_if_cancelled (cancellable, &local_error)))
        break;
      look_into (hit, &query, statement, &best);
    }
  query_clear (&query);
  if (local_error == NULL)
    return g_steal_pointer (&hit);
  g_propagate_error (error, local_error);
  return NULL;
}

/* The same in one text; NULL: none of the words is in it. */
YjSearchHit *
yj_search_find_in_text (const char *text,
                        const char *string)
{
  g_autoptr(YjSearchHit) hit = g_new0 (YjSearchHit, 1);
  guint best = G_MAXUINT;
  Query query;

  query_init (&query, string);
  take_better (hit, &query, text, &best);
  query_clear (&query);
  return best < G_MAXUINT ? g_steal_pointer (&hit) : NULL;
}

/* ---------------------------------------------------------------- from outside */

typedef struct
{
  gint64  conversation;
  char   *query;
} Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->query);
  g_free (ask);
}

static void
find_hit_work (YjDatabase *database,
               GTask      *task,
               gpointer    task_data)
{
  Ask *ask = task_data;
  GError *error = NULL;
  YjSearchHit *hit = yj_search_find_hit (database, ask->conversation, ask->query, g_task_get_cancellable (task), &error);

  if (hit != NULL)
    g_task_return_pointer (task, hit, (GDestroyNotify) yj_search_hit_free);
  else
    g_task_return_error (task, error);
}

/**
 * yj_library_find_hit_async:
 * @self: a library
 * @conversation: one that [method@Yj.Library.search_async] found
 * @query: what it was found by
 * @cancellable: (nullable): a cancellable
 * @callback: (scope async) (closure user_data): called when done
 * @user_data: data for @callback
 *
 * Looks for the message that is meant: the latest one that has all words next to each other, else one that has the first
 * of them, and so on. On whatever branch it is.
 */
void
yj_library_find_hit_async (YjLibrary           *self,
                           YjConversation      *conversation,
                           const char          *query,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  Ask *ask;

  g_return_if_fail (YJ_IS_LIBRARY (self));
  g_return_if_fail (YJ_IS_CONVERSATION (conversation));

  ask = g_new0 (Ask, 1);
  ask->conversation = yj_conversation_get_key (conversation);
  ask->query = g_utf8_make_valid (query, -1);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yj_library_find_hit_async);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  yj_library_push (self, task, find_hit_work);
}

/**
 * yj_library_find_hit_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the hit; its message is 0 when only the title has the words
 */
YjSearchHit *
yj_library_find_hit_finish (YjLibrary     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
