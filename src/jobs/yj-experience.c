/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-experience.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "yj-job-private.h"

/**
 * yj_usual_usage_free:
 * @usage: (transfer full): a figure
 */
void
yj_usual_usage_free (YjUsualUsage *usage)
{
  g_free (usage->name);
  g_free (usage);
}

static gint64
count_clip_seconds (YjDraft *draft)
{
  GListModel *clips = yj_draft_get_files (draft, YJ_SLOT_REFERENCE_VIDEOS);
  gint64 ns = 0;

  for (guint i = 0; i < g_list_model_get_n_items (clips); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (clips, i);

      ns += yj_draft_file_get_duration (file);
    }

  return (ns + 500000000) / 1000000000;
}

/**
 * yj_experience_dup_key:
 * @draft: what is or was to be made
 *
 * Jobs with the same key may be expected to take as long and to cost as much: the same model, the same values, as many
 * seconds of clips to look at. Texts do not count.
 *
 * Returns: (transfer full): a text to compare
 */
char *
yj_experience_dup_key (YjDraft *draft)
{
  YjModel *model = yj_draft_get_model (draft);
  GListModel *parameters = yj_model_get_parameters (model);
  g_autoptr(GString) key = g_string_new (yj_model_get_id (model));

  for (guint i = 0; i < g_list_model_get_n_items (parameters); i++)
    {
      g_autoptr(YjParameter) parameter = g_list_model_get_item (parameters, i);
      const char *value = yj_draft_get_value (draft, yj_parameter_get_name (parameter));

      if (yj_parameter_get_value_type (parameter) != YJ_PARAMETER_TEXT && value != NULL && *value != '\0')
        g_string_append_printf (key, "|%s=%s", yj_parameter_get_meaning (parameter), value);
    }
  g_string_append_printf (key, "|%" G_GINT64_FORMAT, count_clip_seconds (draft));

  return g_string_free_and_steal (g_steal_pointer (&key));
}

/* Read once for each job: its recipe does not change. */
static const char *
get_key (YjJobQueue *queue,
         YjJob      *job)
{
  if (job->experience == NULL)
    {
      g_autoptr(YjDraft) draft = yj_job_queue_new_draft (queue, job, NULL);

      job->experience = draft != NULL ? yj_experience_dup_key (draft) : g_strdup ("");
    }

  return job->experience;
}

/* The latest jobs like it that have what @useful asks for. */
static GPtrArray *
list_like (YjJobQueue *queue,
           const char *model_id,
           const char *key,
           gboolean  (*useful) (YjJob *job))
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (queue));

  for (guint i = 0; i < n && found->len < YJ_EXPERIENCE_MOST; i++)
    {
      g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (useful (job) && g_strcmp0 (yj_job_get_model_id (job), model_id) == 0 && strcmp (get_key (queue, job), key) == 0)
        g_ptr_array_add (found, g_steal_pointer (&job));
    }

  return found;
}

/* ---- time */

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

/**
 * yj_experience_pick:
 * @values: (array length=n): any order; sorted when this returns
 * @n: how many, at least 1
 * @part: 1 of 2 is the median, 9 of 10 the value that nine of ten do not exceed
 * @of: see @part
 *
 * Returns: the value below which @part of @of of all lie, between two of them the mean
 */
gint64
yj_experience_pick (gint64 *values,
                    guint   n,
                    guint   part,
                    guint   of)
{
  guint place;

  g_return_val_if_fail (n > 0 && part < of, 0);

  qsort (values, n, sizeof *values, compare);
  place = n * part / of;
  if (n * part % of == 0 && place > 0)
    return values[place - 1] + (values[place] - values[place - 1]) / 2;

  return values[place];
}

static gboolean
has_waited (YjJob *job)
{
  return yj_job_get_waited (job) > 0;
}

static YjUsualWait
get_wait (YjJobQueue *queue,
          const char *model_id,
          const char *key)
{
  g_autoptr(GPtrArray) jobs = list_like (queue, model_id, key, has_waited);
  g_autofree gint64 *values = g_new (gint64, MAX (jobs->len, 1));
  YjUsualWait usual = { .n = jobs->len };

  for (guint i = 0; i < jobs->len; i++)
    values[i] = yj_job_get_waited (g_ptr_array_index (jobs, i));
  if (usual.n > 0)
    {
      usual.median = yj_experience_pick (values, usual.n, 1, 2);
      usual.ninth = yj_experience_pick (values, usual.n, 9, 10);
    }

  return usual;
}

/**
 * yj_experience_get_wait:
 * @queue: one's own jobs
 * @job: one of them
 *
 * Returns: how long the platform took for jobs like @job
 */
YjUsualWait
yj_experience_get_wait (YjJobQueue *queue,
                        YjJob      *job)
{
  g_return_val_if_fail (YJ_IS_JOB_QUEUE (queue), (YjUsualWait) { 0 });
  g_return_val_if_fail (YJ_IS_JOB (job), (YjUsualWait) { 0 });

  return get_wait (queue, yj_job_get_model_id (job), get_key (queue, job));
}

/**
 * yj_experience_get_wait_for:
 * @queue: one's own jobs
 * @draft: what is to be made
 *
 * Returns: how long the platform took for jobs like that
 */
YjUsualWait
yj_experience_get_wait_for (YjJobQueue *queue,
                            YjDraft    *draft)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (YJ_IS_JOB_QUEUE (queue), (YjUsualWait) { 0 });
  g_return_val_if_fail (YJ_IS_DRAFT (draft), (YjUsualWait) { 0 });

  key = yj_experience_dup_key (draft);
  return get_wait (queue, yj_model_get_id (yj_draft_get_model (draft)), key);
}

/* ---- usage */

static gboolean
has_usage (YjJob *job)
{
  return yj_job_get_usage (job) != NULL && *yj_job_get_usage (job) != '\0';
}

/* Every provider has words of its own for it; durations and sizes are no price, and what a unit costs is none of a job. */
static gboolean
is_price (const char *name)
{
  static const char * const words[] = { "credit", "token", "cost", "amount", "price", "fee", "charge", "unit", "point" };
  static const char * const rates[] = { "unit_price", "unitprice", "unit_cost", "unitcost", "per_", "_rate" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (strstr (lower, rates[i]) != NULL)
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
read_number (JsonNode *node,
             double   *number)
{
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    *number = json_node_get_double (node);
  else if (type == G_TYPE_STRING && g_ascii_isdigit (*json_node_get_string (node)))
    {
      char *end;

      *number = g_ascii_strtod (json_node_get_string (node), &end);
      return *end == '\0';
    }
  else
    return FALSE;

  return TRUE;
}

/* Adds the figures of one reply; what not every reply tells is dropped. */
static void
merge_usage (GPtrArray  *figures,
             const char *usage,
             gboolean    first)
{
  g_autoptr(JsonNode) root = json_from_string (usage, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  g_autoptr(GList) members = object != NULL && first ? json_object_get_members (object) : NULL;
  double number;

  for (GList *l = members; l != NULL; l = l->next)
    if (is_price (l->data) && read_number (json_object_get_member (object, l->data), &number))
      {
        YjUsualUsage *figure = g_new0 (YjUsualUsage, 1);

        figure->name = g_strdup (l->data);
        figure->least = figure->most = number;
        g_ptr_array_add (figures, figure);
      }
  for (guint i = figures->len; !first && i-- > 0;)
    {
      YjUsualUsage *figure = g_ptr_array_index (figures, i);

      if (object == NULL || !read_number (json_object_get_member (object, figure->name), &number))
        {
          g_ptr_array_remove_index (figures, i);
          continue;
        }
      figure->least = MIN (figure->least, number);
      figure->most = MAX (figure->most, number);
    }
}

/**
 * yj_experience_list_usage:
 * @queue: one's own jobs
 * @draft: what is to be made
 * @n_jobs: (out): how many replies it is learned from
 *
 * What the platform itself said of the use of jobs like that. It is no promise, and there is nothing where no reply said
 * anything.
 *
 * Returns: (transfer full) (element-type YjUsualUsage): the figures of a price, under the platform's own names
 */
GPtrArray *
yj_experience_list_usage (YjJobQueue *queue,
                          YjDraft    *draft,
                          guint      *n_jobs)
{
  GPtrArray *figures = g_ptr_array_new_with_free_func ((GDestroyNotify) yj_usual_usage_free);
  g_autoptr(GPtrArray) jobs = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (YJ_IS_JOB_QUEUE (queue), figures);
  g_return_val_if_fail (YJ_IS_DRAFT (draft), figures);

  key = yj_experience_dup_key (draft);
  jobs = list_like (queue, yj_model_get_id (yj_draft_get_model (draft)), key, has_usage);
  for (guint i = 0; i < jobs->len; i++)
    merge_usage (figures, yj_job_get_usage (g_ptr_array_index (jobs, i)), i == 0);
  *n_jobs = jobs->len;

  return figures;
}
