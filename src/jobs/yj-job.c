/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-job-private.h"

/**
 * YjJob:
 *
 * One paid job, from its draft to its video: what the library's row says, as an object whose properties notify.
 * Only [class@Yj.JobQueue] makes and changes jobs, and a change is seen here only after it is on disk.
 */
typedef enum
{
  PROP_ID = 1,
  PROP_UUID,
  PROP_STATE,
  PROP_MODE,
  PROP_MODEL_ID,
  PROP_MODEL_NAME,
  PROP_ORIGIN,
  PROP_PROMPT,
  PROP_RECIPE,
  PROP_TASK_ID,
  PROP_USAGE,
  PROP_ERROR_MESSAGE,
  PROP_ERROR_CODE,
  PROP_MOVED,
  PROP_TOTAL,
  PROP_FILE,
  PROP_COVER,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_DURATION,
  PROP_SIZE,
  PROP_FAVOURITE,
  PROP_TAGS,
  PROP_RESTING,
  PROP_CREATED,
  PROP_SUBMITTED,
  PROP_FINISHED,
  PROP_BATCH,
  PROP_POSITION,
  PROP_LINE,
  PROP_WAITED,
} YjJobProps;

static GParamSpec *props[PROP_WAITED + 1];

G_DEFINE_FINAL_TYPE (YjJob, yj_job, G_TYPE_OBJECT)

static void
yj_job_dispose (GObject *object)
{
  YjJob *self = YJ_JOB (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->cover);
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (yj_job_parent_class)->dispose (object);
}

static void
yj_job_finalize (GObject *object)
{
  YjJob *self = YJ_JOB (object);

  g_clear_pointer (&self->row, yj_job_row_free);
  g_clear_pointer (&self->issued, yj_job_row_free);
  g_free (self->experience);
  g_strfreev (self->tags);
  g_queue_clear (&self->todo);

  G_OBJECT_CLASS (yj_job_parent_class)->finalize (object);
}

static void
yj_job_get_property (GObject    *object,
                     guint       prop_id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  YjJob *self = YJ_JOB (object);

  switch ((YjJobProps) prop_id)
    {
    case PROP_ID:            g_value_set_int64 (value, yj_job_get_id (self)); break;
    case PROP_UUID:          g_value_set_string (value, yj_job_get_uuid (self)); break;
    case PROP_STATE:         g_value_set_int (value, (int) yj_job_get_state (self)); break;
    case PROP_MODE:          g_value_set_int (value, (int) yj_job_get_mode (self)); break;
    case PROP_MODEL_ID:      g_value_set_string (value, yj_job_get_model_id (self)); break;
    case PROP_MODEL_NAME:    g_value_set_string (value, yj_job_get_model_name (self)); break;
    case PROP_ORIGIN:        g_value_set_string (value, yj_job_get_origin (self)); break;
    case PROP_PROMPT:        g_value_set_string (value, yj_job_get_prompt (self)); break;
    case PROP_RECIPE:        g_value_set_string (value, yj_job_get_recipe (self)); break;
    case PROP_TASK_ID:       g_value_set_string (value, yj_job_get_task_id (self)); break;
    case PROP_USAGE:         g_value_set_string (value, yj_job_get_usage (self)); break;
    case PROP_ERROR_MESSAGE: g_value_set_string (value, yj_job_get_error_message (self)); break;
    case PROP_ERROR_CODE:    g_value_set_int (value, yj_job_get_error_code (self)); break;
    case PROP_MOVED:         g_value_set_int64 (value, yj_job_get_moved (self)); break;
    case PROP_TOTAL:         g_value_set_int64 (value, yj_job_get_total (self)); break;
    case PROP_FILE:          g_value_set_object (value, yj_job_get_file (self)); break;
    case PROP_COVER:         g_value_set_object (value, yj_job_get_cover (self)); break;
    case PROP_WIDTH:         g_value_set_int (value, yj_job_get_width (self)); break;
    case PROP_HEIGHT:        g_value_set_int (value, yj_job_get_height (self)); break;
    case PROP_DURATION:      g_value_set_int64 (value, yj_job_get_duration (self)); break;
    case PROP_SIZE:          g_value_set_int64 (value, yj_job_get_size (self)); break;
    case PROP_FAVOURITE:     g_value_set_boolean (value, yj_job_get_favourite (self)); break;
    case PROP_TAGS:          g_value_set_boxed (value, self->tags); break;
    case PROP_RESTING:       g_value_set_boolean (value, yj_job_get_resting (self)); break;
    case PROP_CREATED:       g_value_set_int64 (value, yj_job_get_created (self)); break;
    case PROP_SUBMITTED:     g_value_set_int64 (value, yj_job_get_submitted (self)); break;
    case PROP_FINISHED:      g_value_set_int64 (value, yj_job_get_finished (self)); break;
    case PROP_BATCH:         g_value_set_string (value, yj_job_get_batch (self)); break;
    case PROP_POSITION:      g_value_set_int64 (value, yj_job_get_position (self)); break;
    case PROP_LINE:          g_value_set_uint (value, yj_job_get_line (self)); break;
    case PROP_WAITED:        g_value_set_int64 (value, yj_job_get_waited (self)); break;
    }
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
int_property (const char *name,
              int         minimum,
              int         value)
{
  return g_param_spec_int (name, NULL, NULL, minimum, G_MAXINT, value, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
int64_property (const char *name,
                gint64      minimum,
                gint64      value)
{
  return g_param_spec_int64 (name, NULL, NULL, minimum, G_MAXINT64, value, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
boolean_property (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static GParamSpec *
file_property (const char *name)
{
  return g_param_spec_object (name, NULL, NULL, G_TYPE_FILE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
yj_job_class_init (YjJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_job_dispose;
  object_class->finalize = yj_job_finalize;
  object_class->get_property = yj_job_get_property;

  props[PROP_ID] = int64_property ("id", 0, 0);
  props[PROP_UUID] = string_property ("uuid");
  props[PROP_STATE] = int_property ("state", 0, YJ_JOB_WAITING);
  props[PROP_MODE] = int_property ("mode", 0, YJ_MODE_TEXT_TO_VIDEO);
  props[PROP_MODEL_ID] = string_property ("model-id");
  props[PROP_MODEL_NAME] = string_property ("model-name");
  props[PROP_ORIGIN] = string_property ("origin");
  props[PROP_PROMPT] = string_property ("prompt");
  props[PROP_RECIPE] = string_property ("recipe");
  props[PROP_TASK_ID] = string_property ("task-id");
  props[PROP_USAGE] = string_property ("usage");
  props[PROP_ERROR_MESSAGE] = string_property ("error-message");
  props[PROP_ERROR_CODE] = int_property ("error-code", -1, -1);
  props[PROP_MOVED] = int64_property ("moved", 0, 0);
  props[PROP_TOTAL] = int64_property ("total", -1, -1);
  props[PROP_FILE] = file_property ("file");
  props[PROP_COVER] = file_property ("cover");
  props[PROP_WIDTH] = int_property ("width", 0, 0);
  props[PROP_HEIGHT] = int_property ("height", 0, 0);
  props[PROP_DURATION] = int64_property ("duration", 0, 0);
  props[PROP_SIZE] = int64_property ("size", 0, 0);
  props[PROP_FAVOURITE] = boolean_property ("favourite");
  props[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RESTING] = boolean_property ("resting");
  props[PROP_CREATED] = int64_property ("created", 0, 0);
  props[PROP_SUBMITTED] = int64_property ("submitted", 0, 0);
  props[PROP_FINISHED] = int64_property ("finished", 0, 0);
  props[PROP_BATCH] = string_property ("batch");
  props[PROP_POSITION] = int64_property ("position", 0, 0);
  props[PROP_LINE] = g_param_spec_uint ("line", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_WAITED] = int64_property ("waited", 0, 0);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
yj_job_init (YjJob *self)
{
  self->total = -1;
  g_queue_init (&self->todo);
}

static GFile *
child_or_null (GFile      *folder,
               const char *name)
{
  g_autofree char *base = NULL;

  if (name == NULL || *name == '\0')
    return NULL;

  /* the row may have been tampered with: no name leads out of the folder */
  base = g_path_get_basename (name);
  return g_file_get_child (folder, base);
}

/* A word that this version does not know counts as failed: nothing is done with such a job by itself. */
static void
read_state (YjJob *self)
{
  self->state = YJ_JOB_FAILED;
  yj_job_state_from_string (self->row->state, &self->state);
}

static void
update_files (YjJob *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->cover);
  self->file = child_or_null (self->folder, self->row->file);
  self->cover = child_or_null (self->folder, self->row->cover);
}

static void
update_tags (YjJob *self)
{
  g_clear_pointer (&self->tags, g_strfreev);
  if (self->row->tags != NULL)
    self->tags = g_strsplit (self->row->tags, "\n", -1);
}

/* ---- for the queue only */

YjJob *
yj_job_new_for_row (YjJobRow *row,
                    GFile    *folder)
{
  YjJob *self = g_object_new (YJ_TYPE_JOB, NULL);

  self->row = row;
  self->folder = g_object_ref (folder);
  read_state (self);
  update_files (self);
  update_tags (self);

  return self;
}

static void
notify_if (YjJob      *self,
           gboolean    changed,
           YjJobProps  prop)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* Takes @row over as the one on disk, and tells what is different. */
void
yj_job_take_row (YjJob    *self,
                 YjJobRow *row)
{
  g_autoptr(YjJobRow) old = g_steal_pointer (&self->row);
  gboolean file, cover, tags;

  self->row = row;
  read_state (self);
  file = g_strcmp0 (old->file, row->file) != 0;
  cover = g_strcmp0 (old->cover, row->cover) != 0;
  if (file || cover)
    update_files (self);
  tags = g_strcmp0 (old->tags, row->tags) != 0;
  if (tags)
    update_tags (self);

  g_object_freeze_notify (G_OBJECT (self));
  notify_if (self, old->id != row->id, PROP_ID);
  notify_if (self, g_strcmp0 (old->origin, row->origin) != 0, PROP_ORIGIN);
  notify_if (self, g_strcmp0 (old->task_id, row->task_id) != 0, PROP_TASK_ID);
  notify_if (self, g_strcmp0 (old->usage, row->usage) != 0, PROP_USAGE);
  notify_if (self, g_strcmp0 (old->error, row->error) != 0, PROP_ERROR_MESSAGE);
  notify_if (self, old->error_code != row->error_code, PROP_ERROR_CODE);
  notify_if (self, file, PROP_FILE);
  notify_if (self, cover, PROP_COVER);
  notify_if (self, old->width != row->width, PROP_WIDTH);
  notify_if (self, old->height != row->height, PROP_HEIGHT);
  notify_if (self, old->duration != row->duration, PROP_DURATION);
  notify_if (self, old->size != row->size, PROP_SIZE);
  notify_if (self, old->favourite != row->favourite, PROP_FAVOURITE);
  notify_if (self, tags, PROP_TAGS);
  notify_if (self, old->submitted != row->submitted, PROP_SUBMITTED);
  notify_if (self, old->finished != row->finished, PROP_FINISHED);
  notify_if (self, old->position != row->position, PROP_POSITION);
  notify_if (self, old->waited != row->waited, PROP_WAITED);
  notify_if (self, g_strcmp0 (old->state, row->state) != 0, PROP_STATE);
  g_object_thaw_notify (G_OBJECT (self));
}

/* A copy of the row as it will be when all that is on its way is on disk. */
YjJobRow *
yj_job_copy_newest (YjJob *self)
{
  return yj_job_row_copy (self->issued != NULL ? self->issued : self->row);
}

void
yj_job_set_transfer (YjJob  *self,
                     gint64  moved,
                     gint64  total)
{
  gboolean moved_changed = self->moved != moved;
  gboolean total_changed = self->total != total;

  self->moved = moved;
  self->total = total;
  notify_if (self, moved_changed, PROP_MOVED);
  notify_if (self, total_changed, PROP_TOTAL);
}

void
yj_job_set_resting (YjJob    *self,
                    gboolean  resting)
{
  if (self->resting == resting)
    return;

  self->resting = resting;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RESTING]);
}

/* Returns: whether it is another place. */
gboolean
yj_job_set_line (YjJob *self,
                 guint  line)
{
  if (self->line == line)
    return FALSE;

  self->line = line;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LINE]);
  return TRUE;
}
