/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What jobs in the gallery can be told apart by, and the words that are found in them. */
#define G_LOG_DOMAIN "yj-gallery-filter"

#include "yj-gallery-filter.h"

#include <glib/gi18n.h>
#include <math.h>

#include "yj-job-text.h"
#include "yj-recipe.h"

#define SHORT 5                 /* s, at most */
#define MIDDLE 10

static const struct { const char *name; double ratio; } ratios[] = {
  { "21:9", 21 / 9.0 }, { "16:9", 16 / 9.0 }, { "4:3", 4 / 3.0 }, { "1:1", 1 }, { "3:4", 3 / 4.0 }, { "9:16", 9 / 16.0 },
};

/**
 * yj_gallery_field_get_title:
 * @field: what to tell jobs apart by
 *
 * Returns: (transfer none): its name for people
 */
const char *
yj_gallery_field_get_title (YjGalleryField field)
{
  switch (field)
    {
    case YJ_FIELD_STATE:     return _("State");
    case YJ_FIELD_MODE:      return _("Mode");
    case YJ_FIELD_MODEL:     return _("Model");
    case YJ_FIELD_MADE_FROM: return _("Made From");
    case YJ_FIELD_RATIO:     return _("Ratio");
    case YJ_FIELD_LENGTH:    return _("Length");
    case YJ_FIELD_TAG:       return _("Tag");
    case YJ_FIELD_FAVOURITE: return _("Favorites Only");
    }

  g_return_val_if_reached (NULL);
}

static GStrv
list_models (YjJobQueue *queue)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (queue), i);
      const char *id = yj_job_get_model_id (job);

      if (id != NULL && !g_hash_table_contains (seen, id))
        {
          g_hash_table_add (seen, g_strdup (id));
          g_strv_builder_add (builder, id);
        }
    }

  return g_strv_builder_end (builder);
}

/**
 * yj_gallery_field_list_values:
 * @field: what to tell jobs apart by
 * @queue: the jobs
 *
 * Returns: (transfer full): what may be chosen: of models and tags those that jobs have
 */
GStrv
yj_gallery_field_list_values (YjGalleryField  field,
                              YjJobQueue     *queue)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  switch (field)
    {
    case YJ_FIELD_STATE:
      g_strv_builder_add_many (builder, "active", "ready", "not-made", NULL);
      break;
    case YJ_FIELD_MODE:
      g_strv_builder_add_many (builder, "t2v", "i2v", "r2v", NULL);
      break;
    case YJ_FIELD_MODEL:
      return list_models (queue);
    case YJ_FIELD_MADE_FROM:
      g_strv_builder_add_many (builder, "words", "image", "video", "audio", NULL);
      break;
    case YJ_FIELD_RATIO:
      for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
        g_strv_builder_add (builder, ratios[i].name);
      break;
    case YJ_FIELD_LENGTH:
      g_strv_builder_add_many (builder, "short", "middle", "long", NULL);
      break;
    case YJ_FIELD_TAG:
      return yj_job_queue_list_tags (queue);
    case YJ_FIELD_FAVOURITE:
      g_strv_builder_add (builder, "yes");
      break;
    }

  return g_strv_builder_end (builder);
}

static const char *
get_state_label (const char *value)
{
  return g_str_equal (value, "active") ? _("On Their Way") : g_str_equal (value, "ready") ? _("Ready") : _("Not Made");
}

static const char *
get_made_from_label (const char *value)
{
  return g_str_equal (value, "words") ? _("Words Alone") : g_str_equal (value, "image") ? _("Pictures") :
         g_str_equal (value, "video") ? _("Clips") : _("Sound");
}

static char *
dup_length_label (const char *value)
{
  if (g_str_equal (value, "short"))
    /* translators: a length of videos, in seconds */
    return g_strdup_printf (_("Up to %d s"), SHORT);
  if (g_str_equal (value, "middle"))
    /* translators: a range of lengths of videos, in seconds */
    return g_strdup_printf (_("%d to %d s"), SHORT + 1, MIDDLE);

  /* translators: a length of videos, in seconds */
  return g_strdup_printf (_("Over %d s"), MIDDLE);
}

/**
 * yj_gallery_field_dup_label:
 * @field: what to tell jobs apart by
 * @value: one of its values
 * @catalog: the models
 *
 * Returns: (transfer full): the value for people
 */
char *
yj_gallery_field_dup_label (YjGalleryField  field,
                            const char     *value,
                            YjCatalog      *catalog)
{
  YjModel *model;
  YjMode mode;

  g_return_val_if_fail (value != NULL, NULL);

  switch (field)
    {
    case YJ_FIELD_STATE:
      return g_strdup (get_state_label (value));
    case YJ_FIELD_MODE:
      return g_strdup (yj_mode_from_string (value, &mode) ? yj_job_text_get_mode (mode) : value);
    case YJ_FIELD_MODEL:
      model = yj_catalog_find_by_id (catalog, value);
      return g_strdup (model != NULL ? yj_model_get_title (model) : value);
    case YJ_FIELD_MADE_FROM:
      return g_strdup (get_made_from_label (value));
    case YJ_FIELD_RATIO:
    case YJ_FIELD_TAG:
      return g_strdup (value);
    case YJ_FIELD_LENGTH:
      return dup_length_label (value);
    case YJ_FIELD_FAVOURITE:
      return g_strdup (_("Favorites"));
    }

  g_return_val_if_reached (NULL);
}

/* ---- whether a job is one */

static gboolean
matches_state (YjJobState  state,
               const char *value)
{
  if (g_str_equal (value, "active"))
    return !yj_job_state_is_final (state);

  return yj_job_state_is_final (state) && (state == YJ_JOB_READY) == g_str_equal (value, "ready");
}

static gboolean
matches_made_from (YjJob      *job,
                   const char *value)
{
  guint kinds = yj_recipe_list_kinds (yj_job_get_recipe (job));

  if (g_str_equal (value, "words"))
    return kinds == 0;
  if (g_str_equal (value, "image"))
    return kinds & (1 << YJ_MEDIA_KIND_IMAGE);

  return kinds & (1 << (g_str_equal (value, "video") ? YJ_MEDIA_KIND_VIDEO : YJ_MEDIA_KIND_AUDIO));
}

/* Each size belongs to the one ratio that is nearest. */
static gboolean
matches_ratio (YjJob      *job,
               const char *value)
{
  double ratio, least = G_MAXDOUBLE;
  guint nearest = 0;

  if (yj_job_get_width (job) <= 0 || yj_job_get_height (job) <= 0)
    return FALSE;

  ratio = (double) yj_job_get_width (job) / yj_job_get_height (job);
  for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
    if (fabs (log (ratio / ratios[i].ratio)) < least)
      {
        least = fabs (log (ratio / ratios[i].ratio));
        nearest = i;
      }

  return g_str_equal (ratios[nearest].name, value);
}

static gboolean
matches_length (YjJob      *job,
                const char *value)
{
  double seconds = round (yj_job_get_duration (job) / 1e9);

  if (seconds <= 0)
    return FALSE;
  if (seconds <= SHORT)
    return g_str_equal (value, "short");

  return g_str_equal (value, seconds <= MIDDLE ? "middle" : "long");
}

/**
 * yj_gallery_field_matches:
 * @field: what to tell jobs apart by
 * @value: (nullable): one of its values; %NULL: any
 * @job: a job
 *
 * Returns: whether @job is one of those
 */
gboolean
yj_gallery_field_matches (YjGalleryField  field,
                          const char     *value,
                          YjJob          *job)
{
  const char * const *tags;

  g_return_val_if_fail (YJ_IS_JOB (job), FALSE);

  if (value == NULL)
    return TRUE;

  switch (field)
    {
    case YJ_FIELD_STATE:
      return matches_state (yj_job_get_state (job), value);
    case YJ_FIELD_MODE:
      return g_str_equal (yj_mode_to_string (yj_job_get_mode (job)), value);
    case YJ_FIELD_MODEL:
      return g_strcmp0 (yj_job_get_model_id (job), value) == 0;
    case YJ_FIELD_MADE_FROM:
      return matches_made_from (job, value);
    case YJ_FIELD_RATIO:
      return matches_ratio (job, value);
    case YJ_FIELD_LENGTH:
      return matches_length (job, value);
    case YJ_FIELD_TAG:
      tags = yj_job_get_tags (job);
      return tags != NULL && g_strv_contains (tags, value);
    case YJ_FIELD_FAVOURITE:
      return yj_job_get_favourite (job);
    }

  g_return_val_if_reached (FALSE);
}

/* ---- words */

/**
 * yj_gallery_get_model_title:
 * @job: a job
 * @catalog: the models
 *
 * Returns: (transfer none): the title of its model, or the name it had when the catalogue has lost it
 */
const char *
yj_gallery_get_model_title (YjJob     *job,
                            YjCatalog *catalog)
{
  const char *id = yj_job_get_model_id (job);
  YjModel *model = id != NULL ? yj_catalog_find_by_id (catalog, id) : NULL;
  const char *name = yj_job_get_model_name (job);

  return model != NULL ? yj_model_get_title (model) : name != NULL ? name : "";
}

/* Wide letters are found by narrow ones, and capitals by small ones. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return g_utf8_casefold (normal != NULL ? normal : text, -1);
}

static GQuark
words_quark (void)
{
  return g_quark_from_static_string ("yj-gallery-words");
}

static const char *
get_words (YjJob     *job,
           YjCatalog *catalog)
{
  const char *known = g_object_get_qdata (G_OBJECT (job), words_quark ());
  g_autofree char *tags = NULL;
  g_autofree char *all = NULL;
  const char *name = yj_job_get_model_name (job);
  char *folded;

  if (known != NULL)
    return known;

  tags = yj_job_get_tags (job) != NULL ? g_strjoinv ("\n", (char **) yj_job_get_tags (job)) : g_strdup ("");
  all = g_strjoin ("\n", yj_job_get_prompt (job), name != NULL ? name : "", yj_gallery_get_model_title (job, catalog), tags, NULL);
  folded = fold (all);
  g_object_set_qdata_full (G_OBJECT (job), words_quark (), folded, g_free);

  return folded;
}

/**
 * yj_gallery_has_words:
 * @job: a job
 * @catalog: the models
 * @words: (nullable): what to look for, as of yj_gallery_split_words()
 *
 * Returns: whether each of them is in its prompt, the names of its model, or its tags
 */
gboolean
yj_gallery_has_words (YjJob      *job,
                      YjCatalog  *catalog,
                      char      **words)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (strstr (get_words (job, catalog), words[i]) == NULL)
      return FALSE;

  return TRUE;
}

/**
 * yj_gallery_split_words:
 * @query: what was typed
 *
 * Returns: (transfer full) (nullable): its words, folded, or %NULL when there is none
 */
char **
yj_gallery_split_words (const char *query)
{
  g_autofree char *folded = fold (query);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  const char *from = folded;
  char **words;

  /* Also the wide space of Chinese input methods. */
  for (const char *at = folded;; at = g_utf8_next_char (at))
    if (*at == '\0' || g_unichar_isspace (g_utf8_get_char (at)))
      {
        if (at > from)
          g_strv_builder_take (builder, g_strndup (from, (gsize) (at - from)));
        if (*at == '\0')
          break;
        from = g_utf8_next_char (at);
      }
  words = g_strv_builder_end (builder);
  if (*words == NULL)
    g_clear_pointer (&words, g_strfreev);

  return words;
}

/**
 * yj_gallery_forget_words:
 * @job: a job whose tags are others now
 */
void
yj_gallery_forget_words (YjJob *job)
{
  g_object_set_qdata (G_OBJECT (job), words_quark (), NULL);
}
