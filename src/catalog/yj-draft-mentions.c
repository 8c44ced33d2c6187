/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a prompt says of the files of its draft. */
#include "yj-draft-private.h"
#include "yj-mention-private.h"
#include "yj-prompt-text.h"

#include <string.h>

#define MAX_LABEL 40            /* characters */

/* The attached files, in the order of the slots: the order in which models count. */
GPtrArray *
yj_draft_list_attached (YjDraft *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (int role = 0; role < YJ_N_ROLES; role++)
    {
      GListModel *files = yj_draft_get_files (self, (YjSlotRole) role);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        g_ptr_array_add (all, g_list_model_get_item (files, i));
    }

  return all;
}

/* The how manyth it is, from 1: among all, or those of its kind; 0: it is not attached. */
static guint
get_number (YjDraft     *self,
            YjDraftFile *file,
            gboolean     shared)
{
  g_autoptr(GPtrArray) files = yj_draft_list_attached (self);
  guint n = 0;

  for (guint i = 0; i < files->len; i++)
    {
      YjDraftFile *other = g_ptr_array_index (files, i);

      n += shared || yj_draft_file_get_kind (other) == yj_draft_file_get_kind (file);
      if (other == file)
        return n;
    }

  return 0;
}

/**
 * yj_draft_find_file:
 * @self: a draft
 * @id: the identity of a file
 * @attached: (out) (optional): whether it is in a slot, and not set aside
 *
 * Returns: (transfer none) (nullable): that file
 */
YjDraftFile *
yj_draft_find_file (YjDraft    *self,
                    const char *id,
                    gboolean   *attached)
{
  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  for (int role = 0; role <= YJ_N_ROLES; role++)
    {
      GListModel *files = role < YJ_N_ROLES ? yj_draft_get_files (self, (YjSlotRole) role) : yj_draft_get_parked (self);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

          if (g_strcmp0 (yj_draft_file_get_id (file), id) != 0)
            continue;
          if (attached != NULL)
            *attached = role < YJ_N_ROLES;
          return file;          /* the list holds it */
        }
    }

  return NULL;
}

/* ---- names */

/* A file name without its ending, in one line, not too long. */
static char *
dup_stem (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize length = dot != NULL && dot > name && strlen (dot) <= 6 ? (gsize) (dot - name) : strlen (name);
  g_autofree char *stem = g_strndup (name, length);
  g_autofree char *plain = yj_prompt_text_from_plain (g_strstrip (g_strdelimit (stem, "\r\n\t@", ' ')));

  return g_utf8_strlen (plain, -1) > MAX_LABEL ? g_utf8_substring (plain, 0, MAX_LABEL) : g_steal_pointer (&plain);
}

static gboolean
is_taken (GPtrArray  *pieces,
          const char *name,
          const char *id)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->id != NULL && !g_str_equal (piece->id, id) && g_str_equal (piece->name, name))
        return TRUE;
    }

  return FALSE;
}

/**
 * yj_draft_dup_label:
 * @self: a draft
 * @file: one of its files
 *
 * Returns: (transfer full): what the prompt calls it, or would: the name without the ending, with a number where another
 *   file is called so already
 */
char *
yj_draft_dup_label (YjDraft     *self,
                    YjDraftFile *file)
{
  g_autoptr(GPtrArray) pieces = NULL;
  g_autofree char *stem = NULL;
  char *label;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  pieces = yj_prompt_text_split (yj_draft_get_prompt_source (self));
  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);

      if (g_strcmp0 (piece->id, yj_draft_file_get_id (file)) == 0)
        return g_strdup (piece->name);
    }

  stem = dup_stem (yj_draft_file_get_name (file));
  label = g_strdup (stem);
  for (guint n = 2; is_taken (pieces, label, yj_draft_file_get_id (file)); n++)
    {
      g_free (label);
      label = g_strdup_printf ("%s-%u", stem, n);
    }

  return label;
}

/* The label as one word, for models that go by names. */
static char *
dup_word (YjDraft     *self,
          YjDraftFile *file)
{
  g_autofree char *label = yj_draft_dup_label (self, file);
  g_autoptr(GString) word = g_string_new (NULL);

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)) || *p == '_')
      g_string_append_unichar (word, g_utf8_get_char (p));
  if (word->len == 0)
    g_string_append_printf (word, "ref%u", get_number (self, file, TRUE));

  return g_string_free_and_steal (g_steal_pointer (&word));
}

/* ---- as it is sent */

/**
 * yj_draft_dup_mention:
 * @self: a draft
 * @file: one of its files
 *
 * Returns: (transfer full) (nullable): the word by which the prompt means that file under this model, in the language
 *   of the prompt, such as `[Image 2]` or `图片2`; %NULL when none is documented or the file is set aside
 */
char *
yj_draft_dup_mention (YjDraft     *self,
                      YjDraftFile *file)
{
  YjModel *model;
  g_autofree char *word = NULL;
  guint n;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), NULL);

  model = yj_draft_get_model (self);
  n = get_number (self, file, yj_model_get_parts (model)->counting == YJ_COUNTING_SHARED);
  if (n == 0)
    return NULL;

  word = dup_word (self, file);
  return yj_model_dup_mention (model, yj_draft_file_get_kind (file), n, word,
                               yj_prompt_text_is_chinese (yj_draft_get_prompt_source (self)));
}

/* For a model that knows no word for its files: plain words in the language of the prompt. */
static char *
dup_plain_words (YjDraft     *self,
                 YjDraftFile *file,
                 gboolean     chinese)
{
  static const struct { const char *en, *zh; } words[] = {
    [YJ_MEDIA_KIND_UNKNOWN] = { "file", "文件" }, [YJ_MEDIA_KIND_IMAGE] = { "picture", "图片" },
    [YJ_MEDIA_KIND_VIDEO] = { "video", "视频" }, [YJ_MEDIA_KIND_AUDIO] = { "sound", "音频" },
  };
  YjMediaKind kind = yj_draft_file_get_kind (file);
  GListModel *first = yj_draft_get_files (self, YJ_SLOT_FIRST_FRAME), *last = yj_draft_get_files (self, YJ_SLOT_LAST_FRAME);
  g_autoptr(YjDraftFile) first_frame = g_list_model_get_item (first, 0), last_frame = g_list_model_get_item (last, 0);

  if (file == first_frame)
    return g_strdup (chinese ? "首帧" : "the first frame");
  if (file == last_frame)
    return g_strdup (chinese ? "尾帧" : "the last frame");

  return g_strdup_printf (chinese ? "%s%u" : "%s %u", chinese ? words[kind].zh : words[kind].en, get_number (self, file, FALSE));
}

/* Two words must not become one: “character1” before “2”. */
static void
append_apart (GString    *text,
              const char *more,
              gsize       length)
{
  if (text->len > 0 && length > 0 && g_ascii_isalnum (text->str[text->len - 1]) && g_ascii_isalnum (*more))
    g_string_append_c (text, ' ');
  g_string_append_len (text, more, (gssize) length);
}

/**
 * yj_draft_dup_sent_prompt:
 * @self: a draft
 *
 * The prompt as the model gets it. A mention becomes the word that the model has for that file, counted by its rule; where
 * it has none, plain words such as “the first frame”; what is not attached stays its name.
 *
 * Returns: (transfer full): plain text
 */
char *
yj_draft_dup_sent_prompt (YjDraft *self)
{
  g_autoptr(GPtrArray) pieces = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean chinese, after_mention = FALSE;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  chinese = yj_prompt_text_is_chinese (yj_draft_get_prompt_source (self));
  pieces = yj_prompt_text_split (yj_draft_get_prompt_source (self));
  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      gboolean attached = FALSE;
      YjDraftFile *file = piece->id != NULL ? yj_draft_find_file (self, piece->id, &attached) : NULL;
      g_autofree char *word = attached ? yj_draft_dup_mention (self, file) : NULL;

      if (attached && word == NULL)
        word = dup_plain_words (self, file, chinese);
      if (piece->id != NULL && word == NULL)
        word = g_strdup (piece->name);
      if (word != NULL)
        append_apart (text, word, strlen (word));
      else if (after_mention)
        append_apart (text, piece->text, piece->length);
      else
        g_string_append_len (text, piece->text, (gssize) piece->length);
      after_mention = word != NULL;
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* ---- what fits together */

/**
 * yj_draft_is_mentioned:
 * @self: a draft
 * @file: one of its files
 *
 * Returns: whether the prompt speaks of it, by a mention or by a typed word such as `[Image 1]`
 */
gboolean
yj_draft_is_mentioned (YjDraft     *self,
                       YjDraftFile *file)
{
  g_autoptr(GPtrArray) pieces = NULL;
  g_autofree char *bound = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (file), FALSE);

  bound = yj_draft_dup_bound (self, yj_draft_get_prompt_source (self));
  pieces = yj_prompt_text_split (bound);
  for (guint i = 0; i < pieces->len; i++)
    if (g_strcmp0 (((YjPromptPiece *) g_ptr_array_index (pieces, i))->id, yj_draft_file_get_id (file)) == 0)
      return TRUE;

  return FALSE;
}

/**
 * yj_draft_dup_missing_mentions:
 * @self: a draft
 *
 * Returns: (transfer full): of what the prompt speaks though it is not attached: mentions of removed files or of such as
 *   are set aside, and typed words with a number that nothing has; as written, each once
 */
GStrv
yj_draft_dup_missing_mentions (YjDraft *self)
{
  g_autoptr(GStrvBuilder) missing = g_strv_builder_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) pieces = NULL;

  g_return_val_if_fail (YJ_IS_DRAFT (self), NULL);

  pieces = yj_prompt_text_split (yj_draft_get_prompt_source (self));
  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      gboolean attached = FALSE;

      if (piece->id == NULL)
        yj_draft_list_typed_missing (self, piece->text, piece->length, missing, seen);
      else if ((yj_draft_find_file (self, piece->id, &attached) == NULL || !attached) &&
               g_hash_table_add (seen, g_strdup (piece->id)))
        g_strv_builder_take (missing, g_strconcat ("@", piece->name, NULL));
    }

  return g_strv_builder_end (missing);
}

/**
 * yj_draft_append_mention:
 * @self: a draft
 * @file: one of its files
 *
 * Puts a mention of it at the end of the prompt.
 */
void
yj_draft_append_mention (YjDraft     *self,
                         YjDraftFile *file)
{
  const char *source;
  g_autofree char *label = NULL, *mention = NULL, *longer = NULL;
  gboolean apart;

  g_return_if_fail (YJ_IS_DRAFT (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (file));

  source = yj_draft_get_prompt_source (self);
  label = yj_draft_dup_label (self, file);
  mention = yj_prompt_text_mention (yj_draft_file_get_id (file), label);
  apart = *source != '\0' && !g_ascii_isspace (source[strlen (source) - 1]) && !yj_prompt_text_is_chinese (source);
  longer = g_strconcat (source, apart ? " " : "", mention, NULL);
  yj_draft_set_prompt_source (self, longer);
}
