/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Each file of the draft, in a slot or set aside, is asked for when it comes, when its folder tells of a change, and when
 * someone thinks that it is time. One that is not what it was is looked into anew, and two of one size are read, whether
 * they are the same. The answer goes into the file itself.
 * Nothing here waits for a disk.
 */

#define G_LOG_DOMAIN "yj-file-watch"

#include "yj-file-watch.h"

#include "yj-attach-look.h"
#include "yj-file-digest.h"
#include "yj-poster-image.h"
#include "yj-probe.h"

#define ATTRIBUTES "standard::type,standard::size,access::can-read," YJ_ATTACH_LOOK_STAMP
#define SETTLE_MS 200           /* programs save by putting another file in the place of the first */

typedef struct
{
  YjFileWatch  *watch;          /* unowned; the cancellable guards it */
  YjDraftFile  *file;
  GFileMonitor *monitor;
  GCancellable *cancellable;
  guint         settle_id;
  gboolean      asked;          /* an answer is awaited */
  gboolean      again;          /* it may be out of date when it comes */
  gint64        coming;         /* the stamp of what is being looked into */
  GCancellable *probe;          /* of that; NULL: nothing is */
  gint64        unusable;       /* the stamp of what was seen to be no use, 0: nothing was */
  gint64        digested;       /* the stamp of what was or is being read, 0: nothing */
} Watched;

struct _YjFileWatch
{
  GObject     parent_instance;
  YjDraft    *draft;
  gulong      changed_id;
  GHashTable *watched;          /* YjDraftFile → Watched */
};

typedef enum
{
  SIGNAL_LOST,
  N_SIGNALS,
} YjFileWatchSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjFileWatch, yj_file_watch, G_TYPE_OBJECT)

static void
stop_probe (Watched *watched)
{
  g_cancellable_cancel (watched->probe);
  g_clear_object (&watched->probe);
}

static void
watched_free (Watched *watched)
{
  g_clear_handle_id (&watched->settle_id, g_source_remove);
  stop_probe (watched);
  g_cancellable_cancel (watched->cancellable);
  g_clear_object (&watched->cancellable);
  if (watched->monitor != NULL)
    g_signal_handlers_disconnect_by_data (watched->monitor, watched);
  g_clear_object (&watched->monitor);
  g_clear_object (&watched->file);
  g_free (watched);
}

static void ask (Watched *watched);

static gboolean
settled_cb (gpointer user_data)
{
  Watched *watched = user_data;

  watched->settle_id = 0;
  ask (watched);
  return G_SOURCE_REMOVE;
}

static void
event_cb (GFileMonitor      *monitor,
          GFile             *file,
          GFile             *other,
          GFileMonitorEvent  event,
          Watched           *watched)
{
  if (event != G_FILE_MONITOR_EVENT_CHANGED && watched->settle_id == 0)
    watched->settle_id = g_timeout_add (SETTLE_MS, settled_cb, watched);
}

static YjFileState
get_state (GFileInfo    *info,
           const GError *error)
{
  if (info == NULL)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY)
           ? YJ_FILE_GONE : YJ_FILE_UNREADABLE;
  /* a link that leads nowhere is told of as itself */
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_SYMBOLIC_LINK)
    return YJ_FILE_GONE;

  return g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
         g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_READ) ? YJ_FILE_THERE : YJ_FILE_UNREADABLE;
}

/* ---- what has become of it */
static void
set_state (YjFileWatch *self,
           YjDraftFile *file,
           YjFileState  state)
{
  if (state == yj_draft_file_get_state (file))
    return;
  yj_draft_file_set_state (file, state);
  if (state != YJ_FILE_THERE)
    g_signal_emit (self, signals[SIGNAL_LOST], 0, file);
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Watched *watched = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjMediaInfo) info = yj_probe_finish (result, &error);
  g_autoptr(YjFileWatch) self = NULL;
  g_autoptr(YjDraftFile) file = NULL;
  gint64 stamp;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = g_object_ref (watched->watch);
  file = g_object_ref (watched->file);
  g_clear_object (&watched->probe);
  if (info == NULL || (YjMediaKind) info->kind != yj_draft_file_get_kind (file))
    {
      watched->unusable = watched->coming;
      set_state (self, file, YJ_FILE_UNUSABLE);
      return;
    }

  watched->unusable = 0;
  stamp = watched->coming;
  /* from here on the file may be out of the draft, and @watched with it */
  yj_draft_file_set_digest (file, NULL);
  yj_draft_file_set_stamp (file, stamp);
  yj_draft_file_set_content_type (file, info->content_type);
  yj_draft_file_set_codecs (file, info->video_codec, info->audio_codec);
  yj_draft_file_set_alpha (file, info->has_alpha);
  yj_draft_file_set_frame_rate (file, info->frame_rate);
  yj_draft_file_set_facts (file, info->size, info->width, info->height, info->duration);
  yj_poster_image_refresh (yj_draft_file_get_file (file));
  set_state (self, file, YJ_FILE_THERE);
}

/* Of what was made elsewhere no stamp is known at first. */
static gboolean
is_another (YjDraftFile *file,
            gint64       size,
            gint64       stamp)
{
  gint64 known = yj_draft_file_get_stamp (file);

  return size != yj_draft_file_get_size (file) || (known != 0 && stamp != known);
}

/* FALSE: it is what it was. */
static gboolean
look_into_change (Watched *watched,
                  gint64   size,
                  gint64   stamp)
{
  gboolean another = is_another (watched->file, size, stamp);

  if (!another)
    watched->unusable = 0;
  if (!another || stamp == watched->unusable)
    {
      stop_probe (watched);
      return FALSE;
    }
  if (watched->probe != NULL && watched->coming == stamp)
    return TRUE;

  stop_probe (watched);
  watched->coming = stamp;
  watched->probe = g_cancellable_new ();
  yj_probe_async (yj_draft_file_get_file (watched->file), watched->probe, probed_cb, watched);
  return TRUE;
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Watched *watched = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  g_autoptr(YjFileWatch) self = NULL;
  g_autoptr(YjDraftFile) file = NULL;
  gboolean again;
  YjFileState state;
  gint64 stamp;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* whoever hears of it may take the file out of the draft */
  self = g_object_ref (watched->watch);
  file = g_object_ref (watched->file);
  again = watched->again;
  watched->asked = FALSE;
  watched->again = FALSE;
  /* now that the disk has answered, it is not waited for */
  if (watched->monitor == NULL)
    watched->monitor = g_file_monitor_file (G_FILE (object), G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (watched->monitor != NULL && g_signal_handler_find (watched->monitor, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, watched) == 0)
    g_signal_connect (watched->monitor, "changed", G_CALLBACK (event_cb), watched);
  if (again)
    {
      ask (watched);
      return;
    }

  state = get_state (info, error);
  stamp = state == YJ_FILE_THERE ? yj_attach_look_get_stamp (info) : 0;
  if (state != YJ_FILE_THERE)
    stop_probe (watched);
  else if (look_into_change (watched, g_file_info_get_size (info), stamp))
    return;                     /* the answer tells */
  else if (watched->unusable != 0)
    state = YJ_FILE_UNUSABLE;
  if (state == YJ_FILE_THERE)
    yj_draft_file_set_stamp (file, stamp);
  set_state (self, file, state);
}

static void
ask (Watched *watched)
{
  if (watched->asked)
    {
      watched->again = TRUE;
      return;
    }
  watched->asked = TRUE;
  g_file_query_info_async (yj_draft_file_get_file (watched->file), ATTRIBUTES, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           watched->cancellable, asked_cb, watched);
}

/* ---- whether two are the same */
static void
digested_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Watched *watched = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *digest = yj_file_digest_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))        /* @watched may be gone */
    return;
  if (watched->digested == yj_draft_file_get_stamp (watched->file))
    yj_draft_file_set_digest (watched->file, digest);
}

static gboolean
has_same_size (YjFileWatch *self,
               YjDraftFile *file)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    if (other != file && yj_draft_file_get_size (other) == yj_draft_file_get_size (file))
      return TRUE;

  return FALSE;
}

/* What has another size than all others is the same as none of them, and need not be read. */
static void
digest (YjFileWatch *self)
{
  GHashTableIter iter;
  gpointer file, value;

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &file, &value))
    {
      Watched *watched = value;
      gint64 stamp = yj_draft_file_get_stamp (file);

      if (stamp == 0 || stamp == watched->digested || yj_draft_file_get_digest (file) != NULL || yj_draft_file_get_size (file) == 0 ||
          !has_same_size (self, file) || g_file_peek_path (yj_draft_file_get_file (file)) == NULL)
        continue;

      watched->digested = stamp;
      yj_file_digest_async (yj_draft_file_get_file (file), watched->cancellable, digested_cb, watched);
    }
}

/* ---- which files there are */
static void
keep (YjFileWatch *self,
      GListModel  *files,
      GHashTable  *before)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);
      gpointer known = NULL;
      Watched *watched;

      if (g_hash_table_contains (self->watched, file))
        continue;
      if (g_hash_table_steal_extended (before, file, NULL, &known))
        {
          g_hash_table_insert (self->watched, file, known);
          continue;
        }
      watched = g_new0 (Watched, 1);
      watched->watch = self;
      watched->file = g_object_ref (file);
      watched->cancellable = g_cancellable_new ();
      g_hash_table_insert (self->watched, file, watched);
      ask (watched);
    }
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) watched_free);
}

static void
changed_cb (YjFileWatch *self)
{
  g_autoptr(GHashTable) before = g_steal_pointer (&self->watched);

  self->watched = new_table ();
  if (self->draft == NULL)
    return;
  for (int role = YJ_SLOT_FIRST_FRAME; role <= YJ_SLOT_REFERENCE_AUDIO; role++)
    keep (self, yj_draft_get_files (self->draft, (YjSlotRole) role), before);
  keep (self, yj_draft_get_parked (self->draft), before);
  digest (self);
}

/* ---- type */
static void
yj_file_watch_dispose (GObject *object)
{
  YjFileWatch *self = YJ_FILE_WATCH (object);

  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  g_clear_object (&self->draft);
  g_hash_table_remove_all (self->watched);

  G_OBJECT_CLASS (yj_file_watch_parent_class)->dispose (object);
}

static void
yj_file_watch_finalize (GObject *object)
{
  g_hash_table_unref (YJ_FILE_WATCH (object)->watched);

  G_OBJECT_CLASS (yj_file_watch_parent_class)->finalize (object);
}

static void
yj_file_watch_class_init (YjFileWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_file_watch_dispose;
  object_class->finalize = yj_file_watch_finalize;

  /**
   * YjFileWatch::lost:
   * @file: a file of the draft
   *
   * It was there, and cannot be had any more.
   */
  signals[SIGNAL_LOST] = g_signal_new ("lost", YJ_TYPE_FILE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, YJ_TYPE_DRAFT_FILE);
}

static void
yj_file_watch_init (YjFileWatch *self)
{
  self->watched = new_table ();
}

/**
 * yj_file_watch_new:
 *
 * Returns: (transfer full): a watch without a draft
 */
YjFileWatch *
yj_file_watch_new (void)
{
  return g_object_new (YJ_TYPE_FILE_WATCH, NULL);
}

/**
 * yj_file_watch_set_draft:
 * @self: a watch
 * @draft: (nullable): whose files it watches from now on
 */
void
yj_file_watch_set_draft (YjFileWatch *self,
                         YjDraft     *draft)
{
  g_return_if_fail (YJ_IS_FILE_WATCH (self));

  if (self->draft == draft)
    return;
  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  g_set_object (&self->draft, draft);
  if (draft != NULL)
    self->changed_id = g_signal_connect_object (draft, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * yj_file_watch_look:
 * @self: a watch
 *
 * Asks for each file anew: where nothing tells of changes, such as on a disk of the network, they are found this way.
 */
void
yj_file_watch_look (YjFileWatch *self)
{
  GHashTableIter iter;
  gpointer watched;

  g_return_if_fail (YJ_IS_FILE_WATCH (self));

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, NULL, &watched))
    ask (watched);
}
