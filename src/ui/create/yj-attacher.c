/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-attacher"

#include "yj-attacher.h"

#include <glib/gi18n.h>

#include "yj-error-text.h"
#include "yj-probe.h"

#define AT_ONCE 3               /* files looked into side by side */

typedef struct
{
  YjAttacher  *attacher;        /* unowned; the cancellable guards it */
  YjDraft     *draft;           /* where it goes, on show or not by then */
  GFile       *file;
  int          role;
  gboolean     started;
  gboolean     done;
  YjMediaInfo *info;
  GError      *error;
} Item;

struct _YjAttacher
{
  GObject       parent_instance;
  YjDraft      *draft;
  GQueue        items;          /* of Item, in the order in which they came */
  guint         running;
  GCancellable *cancellable;
};

typedef enum
{
  PROP_DRAFT = 1,
  PROP_BUSY,
} YjAttacherProps;

typedef enum
{
  SIGNAL_REFUSED,
  SIGNAL_REPLACED,
  SIGNAL_ATTACHED,
  SIGNAL_NEEDS_SLOTS,
  N_SIGNALS,
} YjAttacherSignals;

static GParamSpec *props[PROP_BUSY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjAttacher, yj_attacher, G_TYPE_OBJECT)

static void
item_free (Item *item)
{
  g_clear_object (&item->draft);
  g_object_unref (item->file);
  g_clear_pointer (&item->info, yj_media_info_free);
  g_clear_error (&item->error);
  g_free (item);
}

static void
yj_attacher_dispose (GObject *object)
{
  YjAttacher *self = YJ_ATTACHER (object);

  g_cancellable_cancel (self->cancellable);
  g_queue_clear_full (&self->items, (GDestroyNotify) item_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (yj_attacher_parent_class)->dispose (object);
}

static void
yj_attacher_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  YjAttacher *self = YJ_ATTACHER (object);

  switch ((YjAttacherProps) prop_id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, yj_attacher_get_busy (self));
      break;
    }
}

static void
yj_attacher_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  YjAttacher *self = YJ_ATTACHER (object);

  switch ((YjAttacherProps) prop_id)
    {
    case PROP_DRAFT:
      yj_attacher_set_draft (self, g_value_get_object (value));
      break;
    case PROP_BUSY:
      g_assert_not_reached ();
    }
}

static void
yj_attacher_class_init (YjAttacherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yj_attacher_dispose;
  object_class->get_property = yj_attacher_get_property;
  object_class->set_property = yj_attacher_set_property;

  /**
   * YjAttacher:draft:
   *
   * Where the files go; those that are being looked into go to the draft that is there when they are known.
   */
  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, YJ_TYPE_DRAFT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /**
   * YjAttacher:busy:
   *
   * Whether files are being looked into.
   */
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * YjAttacher::refused:
   * @file: the file
   * @message: why, as a whole sentence
   */
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_FILE, G_TYPE_STRING);
  /**
   * YjAttacher::replaced:
   * @file: the file that was there before
   */
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, YJ_TYPE_DRAFT_FILE);
  /**
   * YjAttacher::attached:
   * @file: the file that is now in the draft
   */
  signals[SIGNAL_ATTACHED] = g_signal_new ("attached", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, YJ_TYPE_DRAFT_FILE);
  /**
   * YjAttacher::needs-slots:
   * @kind: the [enum@Yj.MediaKind] of a file for which the model has no slot, as it has none at all
   */
  signals[SIGNAL_NEEDS_SLOTS] = g_signal_new ("needs-slots", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
yj_attacher_init (YjAttacher *self)
{
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->items);
}

/**
 * yj_attacher_new:
 *
 * Returns: (transfer full): an attacher without a draft
 */
YjAttacher *
yj_attacher_new (void)
{
  return g_object_new (YJ_TYPE_ATTACHER, NULL);
}

/**
 * yj_attacher_set_draft:
 * @self: an attacher
 * @draft: (nullable): where the files go
 */
void
yj_attacher_set_draft (YjAttacher *self,
                       YjDraft    *draft)
{
  g_return_if_fail (YJ_IS_ATTACHER (self));

  if (g_set_object (&self->draft, draft))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRAFT]);
}

/**
 * yj_attacher_get_busy:
 * @self: an attacher
 *
 * Returns: whether files are being looked into
 */
gboolean
yj_attacher_get_busy (YjAttacher *self)
{
  g_return_val_if_fail (YJ_IS_ATTACHER (self), FALSE);

  return !g_queue_is_empty (&self->items);
}

/**
 * yj_attacher_dup_refusal:
 * @draft: a draft
 * @kind: the kind of a file that it does not take
 *
 * Returns: (transfer full): why not, as a whole sentence
 */
char *
yj_attacher_dup_refusal (YjDraft     *draft,
                         YjMediaKind  kind)
{
  YjModel *model = yj_draft_get_model (draft);
  const char *title = yj_model_get_title (model);
  GListModel *slots = yj_model_get_slots (model);

  for (guint i = 0; i < g_list_model_get_n_items (slots); i++)
    {
      g_autoptr(YjSlot) slot = g_list_model_get_item (slots, i);

      if (yj_slot_get_kind (slot) != kind)
        continue;
      if (yj_slot_get_maximum (slot) == 1)
        /* translators: %s: a place for one file, such as First Frame */
        return g_strdup_printf (_("%s is taken. Drop on it to replace what is there."), yj_slot_get_label (slot));
      /* translators: %1$s: a place for files, such as Reference Images, %2$d: how many it takes */
      return g_strdup_printf (_("%1$s is full: it takes at most %2$d."), yj_slot_get_label (slot),
                              (int) yj_slot_get_maximum (slot));
    }

  switch (kind)
    {
    case YJ_MEDIA_KIND_IMAGE:
      /* translators: %s: title of a model */
      return g_strdup_printf (_("%s takes no pictures here."), title);
    case YJ_MEDIA_KIND_VIDEO:
      /* translators: %s: title of a model */
      return g_strdup_printf (_("%s takes no videos here."), title);
    case YJ_MEDIA_KIND_AUDIO:
      /* translators: %s: title of a model */
      return g_strdup_printf (_("%s takes no sounds here."), title);
    case YJ_MEDIA_KIND_UNKNOWN:
      break;
    }

  return g_strdup (_("Only pictures, videos and sounds can be added."));
}

static gboolean
holds (YjDraft    *draft,
       YjSlotRole  role,
       GFile      *place)
{
  GListModel *files = yj_draft_get_files (draft, role);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      if (g_file_equal (yj_draft_file_get_file (file), place))
        return TRUE;
    }

  return FALSE;
}

static void
refuse (YjAttacher *self,
        GFile      *file,
        const char *reason)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);
  /* translators: %1$s: a file name, %2$s: a sentence that says why it was not added */
  g_autofree char *message = g_strdup_printf (_("“%1$s” was not added. %2$s"), name, reason);

  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, file, message);
}

/* Where the file goes: where it was aimed at, when that takes its kind; else where there is room. */
static gboolean
find_role (const Item  *item,
           YjMediaKind  kind,
           YjSlotRole  *role)
{
  YjModel *model = yj_draft_get_model (item->draft);
  YjSlot *aimed = item->role >= 0 ? yj_model_find_slot (model, (YjSlotRole) item->role) : NULL;

  if (aimed != NULL && yj_slot_get_kind (aimed) == kind)
    {
      *role = (YjSlotRole) item->role;
      return TRUE;
    }

  return yj_draft_find_slot (item->draft, kind, role);
}

static void
attach (YjAttacher *self,
        Item       *item)
{
  const YjMediaInfo *info = item->info;
  YjMediaKind kind = (YjMediaKind) info->kind;
  gboolean shown = item->draft == self->draft;
  g_autoptr(YjDraftFile) file = yj_draft_file_new (item->file, kind, info->content_type), before = NULL;
  g_autofree char *reason = NULL;
  YjSlotRole role;

  yj_draft_file_set_facts (file, info->size, info->width, info->height, info->duration);
  yj_draft_file_set_frame_rate (file, info->frame_rate);
  yj_draft_file_set_codecs (file, info->video_codec, info->audio_codec);

  if (shown && g_list_model_get_n_items (yj_model_get_slots (yj_draft_get_model (item->draft))) == 0)
    g_signal_emit (self, signals[SIGNAL_NEEDS_SLOTS], 0, (int) kind);
  if (!find_role (item, kind, &role))
    {
      reason = yj_attacher_dup_refusal (item->draft, kind);
      refuse (self, item->file, reason);
      return;
    }
  if (holds (item->draft, role, item->file))
    {
      refuse (self, item->file, _("It is already there."));
      return;
    }

  if (yj_slot_get_maximum (yj_model_find_slot (yj_draft_get_model (item->draft), role)) == 1)
    before = g_list_model_get_item (yj_draft_get_files (item->draft, role), 0);
  if (!yj_draft_add_file (item->draft, role, file))
    {
      reason = yj_attacher_dup_refusal (item->draft, kind);
      refuse (self, item->file, reason);
      return;
    }
  if (shown && before != NULL)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0, before);
  if (shown)
    g_signal_emit (self, signals[SIGNAL_ATTACHED], 0, file);
}

static void start_some (YjAttacher *self);

/* Takes over those at the head of the queue that are known, so that the order stays. */
static void
settle (YjAttacher *self)
{
  Item *item;

  while ((item = g_queue_peek_head (&self->items)) != NULL && item->done)
    {
      g_queue_pop_head (&self->items);
      if (item->error != NULL)
        {
          g_autofree char *text = yj_error_text_dup (item->error);

          refuse (self, item->file, text);
        }
      else if (item->draft != NULL)
        attach (self, item);
      item_free (item);
    }

  start_some (self);
  if (g_queue_is_empty (&self->items))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
probe_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  YjMediaInfo *info = yj_probe_finish (result, &error);
  Item *item = user_data;
  g_autoptr(YjAttacher) self = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;                     /* the item is gone with the attacher */

  self = g_object_ref (item->attacher);
  item->info = info;
  item->error = g_steal_pointer (&error);
  item->done = TRUE;
  self->running--;
  settle (self);
}

static void
start_some (YjAttacher *self)
{
  for (GList *l = self->items.head; l != NULL && self->running < AT_ONCE; l = l->next)
    {
      Item *item = l->data;

      if (item->started)
        continue;
      item->started = TRUE;
      self->running++;
      yj_probe_async (item->file, self->cancellable, probe_cb, item);
    }
}

/**
 * yj_attacher_add:
 * @self: an attacher with a draft
 * @file: a file of any kind
 * @role: the [enum@Yj.SlotRole] that was aimed at, -1 for none
 *
 * Looks into @file and puts it into the draft. Files keep the order in which they were added.
 */
void
yj_attacher_add (YjAttacher *self,
                 GFile      *file,
                 int         role)
{
  Item *item;

  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (G_IS_FILE (file));

  item = g_new0 (Item, 1);
  item->attacher = self;
  item->draft = self->draft != NULL ? g_object_ref (self->draft) : NULL;
  item->file = g_object_ref (file);
  item->role = role;
  g_queue_push_tail (&self->items, item);
  if (g_queue_get_length (&self->items) == 1)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
  start_some (self);
}
