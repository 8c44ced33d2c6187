/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-attacher"

#include "yj-attacher.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-attach-look.h"
#include "yj-recipe-file.h"
#include "yj-web-fetch.h"

#define AT_ONCE 3               /* places looked at side by side */
#define MAX_NAME 60             /* characters of an address */
#define MAX_ITEMS 1000          /* that wait; more are not meant */
#define EVIDENT 3               /* files that are more than a first and a last frame, whatever comes after them */

/* What came together: one drop, one paste. */
typedef struct
{
  guint        refs;
  guint        n;               /* files that came with it, those of folders among them */
  YjDraft     *draft;           /* where it goes, on show or not by then; NULL: nowhere */
  int          role;            /* what it was aimed at, -1: nothing */
  guint        position;        /* before which of the files there, G_MAXUINT: behind all */
  YjDraftFile *replaced;        /* the one that is to go for the first that fits, or NULL */
  char        *name;            /* what it is called, NULL: by its file */
} Batch;

typedef struct
{
  YjAttacher   *attacher;       /* unowned; the cancellable guards it */
  Batch        *batch;
  GFile        *file;           /* NULL for an address */
  char         *address;
  gboolean      started;
  YjAttachLook *look;           /* once done */
} Item;

struct _YjAttacher
{
  GObject       parent_instance;
  YjDraft      *draft;
  GQueue        items;          /* of Item, in the order in which they came */
  guint         running;
  guint         held;           /* what is still on its way here */
  guint         settle_id;      /* the rest of what is known waits for the next turn of the loop */
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
  SIGNAL_SET_ASIDE,
  SIGNAL_NOTED,
  SIGNAL_REPLACED,
  SIGNAL_ATTACHED,
  SIGNAL_NEEDS_SLOTS,
  SIGNAL_RECIPE,
  N_SIGNALS,
} YjAttacherSignals;

static GParamSpec *props[PROP_BUSY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjAttacher, yj_attacher, G_TYPE_OBJECT)

static Batch *
batch_new (YjDraft           *draft,
           const YjAttachAim *aim)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->refs = 1;
  g_set_object (&batch->draft, draft);
  batch->role = aim->role;
  batch->position = draft != NULL && aim->role >= 0 &&
                    aim->position < g_list_model_get_n_items (yj_draft_get_files (draft, (YjSlotRole) aim->role)) ?
                    aim->position : G_MAXUINT;
  g_set_object (&batch->replaced, aim->replaced);
  return batch;
}

static void
batch_unref (Batch *batch)
{
  if (--batch->refs > 0)
    return;

  g_clear_object (&batch->draft);
  g_clear_object (&batch->replaced);
  g_free (batch->name);
  g_free (batch);
}

static void
item_free (Item *item)
{
  batch_unref (item->batch);
  g_clear_object (&item->file);
  g_clear_pointer (&item->look, yj_attach_look_free);
  g_free (item->address);
  g_free (item);
}

static void
yj_attacher_dispose (GObject *object)
{
  YjAttacher *self = YJ_ATTACHER (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
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
   * Whether files are being looked into. Told anew with each of them, for [method@Yj.Attacher.awaits].
   */
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * YjAttacher::refused:
   * @name: what a person calls it
   * @reason: why, as a whole sentence
   */
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * YjAttacher::set-aside:
   * @name: what a person calls it
   * @reason: why, as a whole sentence
   *
   * It is in the draft, for another model.
   */
  signals[SIGNAL_SET_ASIDE] = g_signal_new ("set-aside", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  /**
   * YjAttacher::noted:
   * @message: what is odd about a file that was added, as a whole sentence
   */
  signals[SIGNAL_NOTED] = g_signal_new ("noted", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * YjAttacher::replaced:
   * @file: the file that was there before
   * @successor: the one that took its place
   */
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, YJ_TYPE_DRAFT_FILE, YJ_TYPE_DRAFT_FILE);
  /**
   * YjAttacher::attached:
   * @file: the file that is now in the draft
   */
  signals[SIGNAL_ATTACHED] = g_signal_new ("attached", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, YJ_TYPE_DRAFT_FILE);
  /**
   * YjAttacher::needs-slots:
   * @images: how many pictures came together, as far as known
   * @videos: how many videos
   * @sounds: how many sounds
   *
   * They are to be added, and the model has no slots at all.
   */
  signals[SIGNAL_NEEDS_SLOTS] = g_signal_new ("needs-slots", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
  /**
   * YjAttacher::recipe:
   * @self: the attacher
   * @file: (type GFile): an exported recipe
   *
   * It came among the files, and is none of them.
   */
  signals[SIGNAL_RECIPE] = g_signal_new ("recipe", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                         G_TYPE_FILE);
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

  return self->held > 0 || !g_queue_is_empty (&self->items);
}

/**
 * yj_attacher_awaits:
 * @self: an attacher
 * @draft: any draft
 *
 * Returns: whether something is on its way into @draft, so that it is not yet what it is meant to be
 */
gboolean
yj_attacher_awaits (YjAttacher *self,
                    YjDraft    *draft)
{
  g_return_val_if_fail (YJ_IS_ATTACHER (self), FALSE);
  g_return_val_if_fail (YJ_IS_DRAFT (draft), FALSE);

  for (GList *l = self->items.head; l != NULL; l = l->next)
    if (((Item *) l->data)->batch->draft == draft)
      return TRUE;

  return self->held > 0;
}

/**
 * yj_attacher_hold:
 * @self: an attacher
 *
 * Is busy until yj_attacher_release(): what is to be added is still being read or written elsewhere.
 */
void
yj_attacher_hold (YjAttacher *self)
{
  g_return_if_fail (YJ_IS_ATTACHER (self));

  self->held++;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/**
 * yj_attacher_release:
 * @self: an attacher that is held
 *
 * After what was awaited has been added, or has not come.
 */
void
yj_attacher_release (YjAttacher *self)
{
  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (self->held > 0);

  self->held--;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/* The one of that place among @files; they hold it. */
static YjDraftFile *
find_twin (GListModel *files,
           GFile      *place)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(YjDraftFile) file = g_list_model_get_item (files, i);

      if (g_file_equal (yj_draft_file_get_file (file), place))
        return file;
    }

  return NULL;
}

static char *
dup_name (const Item *item)
{
  g_autofree char *base = NULL;

  if (item->batch->name != NULL)
    return g_strdup (item->batch->name);
  if (item->file == NULL)
    return strlen (item->address) <= MAX_NAME ? g_strdup (item->address) : g_strdup_printf ("%.*s…", MAX_NAME, item->address);

  base = g_file_get_basename (item->file);
  return base != NULL ? g_filename_display_name (base) : g_file_get_uri (item->file);
}

static void
refuse (YjAttacher *self,
        const Item *item,
        const char *reason)
{
  g_autofree char *name = dup_name (item);

  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, name, reason);
}

static gboolean
has_slots (YjDraft *draft)
{
  return g_list_model_get_n_items (yj_model_get_slots (yj_draft_get_model (draft))) > 0;
}

static gboolean
is_single (YjDraft    *draft,
           YjSlotRole  role)
{
  YjSlot *slot = yj_model_find_slot (yj_draft_get_model (draft), role);

  return slot != NULL && yj_slot_get_maximum (slot) == 1;
}

/* Where the file goes: where it was aimed at, when that takes its kind; else where there is room. A slot for one file
   is aimed at by the first of several only. */
static gboolean
find_role (Batch       *batch,
           YjMediaKind  kind,
           YjSlotRole  *role)
{
  YjSlot *aimed = batch->role >= 0 ? yj_model_find_slot (yj_draft_get_model (batch->draft), (YjSlotRole) batch->role) : NULL;

  if (aimed == NULL || yj_slot_get_kind (aimed) != kind)
    return yj_draft_find_slot (batch->draft, kind, role) && !yj_attacher_is_full (batch->draft, *role);

  *role = (YjSlotRole) batch->role;
  if (yj_attacher_is_full (batch->draft, *role))
    return FALSE;
  if (is_single (batch->draft, *role))
    batch->role = -1;
  return TRUE;
}

/* What mentions @old means @file then, by its own name. */
static void
take_over (YjDraftFile *file,
           YjDraftFile *old)
{
  g_autofree char *name = g_strdup (yj_draft_file_get_name (file));

  yj_draft_file_stand_for (file, old);
  yj_draft_file_set_name (file, name);
}

/* Puts @file in the place of the one that is to go; FALSE when that is none for it. */
static gboolean
replace (YjAttacher  *self,
         Batch       *batch,
         YjDraftFile *file)
{
  g_autoptr(YjDraftFile) old = g_steal_pointer (&batch->replaced);
  guint position = 0;
  int role = yj_draft_find_place (batch->draft, old, &position);

  if (role < 0 || yj_draft_file_get_kind (old) != yj_draft_file_get_kind (file))
    return FALSE;

  take_over (file, old);
  yj_draft_remove_file (batch->draft, old);
  yj_draft_add_file (batch->draft, (YjSlotRole) role, file);
  yj_draft_move_file (batch->draft, file, position);
  batch->role = role;
  batch->position = position + 1;
  if (batch->draft == self->draft)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0, old, file);
  return TRUE;
}

static gboolean
put (YjAttacher  *self,
     Batch       *batch,
     YjSlotRole   role,
     YjDraftFile *file)
{
  g_autoptr(YjDraftFile) before = NULL;
  gboolean aimed = batch->role == (int) role && batch->position < g_list_model_get_n_items (yj_draft_get_files (batch->draft, role));

  if (is_single (batch->draft, role))
    before = g_list_model_get_item (yj_draft_get_files (batch->draft, role), 0);
  if (before != NULL)
    take_over (file, before);
  if (!yj_draft_add_file (batch->draft, role, file))
    return FALSE;

  if (aimed)
    yj_draft_move_file (batch->draft, file, batch->position++);
  if (before != NULL && batch->draft == self->draft)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0, before, file);
  return TRUE;
}

/* What came was set aside before: it goes where it was dropped now, and what is in its way there is set aside. */
static gboolean
bring_back (Batch       *batch,
            YjDraftFile *parked)
{
  g_autoptr(YjDraftFile) old = g_steal_pointer (&batch->replaced);
  guint position = G_MAXUINT;
  int place = old != NULL && yj_draft_file_get_kind (old) == yj_draft_file_get_kind (parked) ?
              yj_draft_find_place (batch->draft, old, &position) : -1;
  YjSlotRole role;

  if (place >= 0)
    {
      yj_draft_set_file_aside (batch->draft, old);
      return yj_draft_place_file (batch->draft, (YjSlotRole) place, parked, position);
    }
  if (!find_role (batch, yj_draft_file_get_kind (parked), &role))
    return FALSE;
  return yj_draft_place_file (batch->draft, role, parked, batch->role == (int) role ? batch->position : G_MAXUINT);
}

static void
attach (YjAttacher *self,
        Item       *item)
{
  const YjMediaInfo *info = item->look->info;
  YjMediaKind kind = (YjMediaKind) info->kind;
  g_autoptr(YjDraftFile) file = yj_draft_file_new (item->look->file, kind, info->content_type);
  YjDraftFile *parked;
  Batch *batch = item->batch;
  gboolean shown = batch->draft == self->draft, taken, found;
  YjSlotRole role;

  yj_draft_file_set_facts (file, info->size, info->width, info->height, info->duration);
  yj_draft_file_set_stamp (file, item->look->stamp);
  yj_draft_file_set_frame_rate (file, info->frame_rate);
  if (batch->name != NULL)
    yj_draft_file_set_name (file, batch->name);
  yj_draft_file_set_codecs (file, info->video_codec, info->audio_codec);

  parked = find_twin (yj_draft_get_parked (batch->draft), item->look->file);
  if (parked != NULL)
    {
      if (!bring_back (batch, parked))
        refuse (self, item, _("It is set aside already. To use it, drop it where it belongs."));
      return;
    }
  taken = batch->replaced != NULL && replace (self, batch, file);
  found = !taken && find_role (batch, kind, &role);
  if (found && find_twin (yj_draft_get_files (batch->draft, role), item->look->file) != NULL)
    {
      refuse (self, item, _("It is already there."));
      return;
    }
  taken = taken || (found && put (self, batch, role, file));
  if (!taken)
    {
      g_autofree char *reason = yj_attacher_dup_refusal (batch->draft, kind), *name = dup_name (item);

      if (!yj_attacher_sets_aside (batch->draft, kind, batch->n))
        {
          refuse (self, item, reason);
          return;
        }
      yj_draft_set_file_aside (batch->draft, file);
      if (shown)
        g_signal_emit (self, signals[SIGNAL_SET_ASIDE], 0, name, reason);
      return;
    }
  if (shown && item->look->note != NULL)
    g_signal_emit (self, signals[SIGNAL_NOTED], 0, item->look->note);
  if (shown)
    g_signal_emit (self, signals[SIGNAL_ATTACHED], 0, file);
}

static gboolean
has_room (const Batch *batch,
          YjMediaKind  kind)
{
  YjSlotRole role;
  YjSlot *aimed = batch->role >= 0 ? yj_model_find_slot (yj_draft_get_model (batch->draft), (YjSlotRole) batch->role) : NULL;

  return batch->replaced != NULL || (aimed != NULL && yj_slot_get_kind (aimed) == kind && yj_slot_get_maximum (aimed) == 1) ||
         !has_slots (batch->draft) || yj_attacher_sets_aside (batch->draft, kind, batch->n) ||
         (yj_draft_find_slot (batch->draft, kind, &role) && !yj_attacher_is_full (batch->draft, role));
}

static Item *
item_new (YjAttacher *self,
          Batch      *batch,
          GFile      *file,
          const char *address)
{
  Item *item = g_new0 (Item, 1);

  item->attacher = self;
  item->batch = batch;
  batch->refs++;
  batch->n++;
  g_set_object (&item->file, file);
  item->address = g_strdup (address);
  return item;
}

static void start_some (YjAttacher *self);

/* The files of a folder stand in its place in the queue. */
static void
unfold (YjAttacher *self,
        GList      *link)
{
  Item *item = link->data;

  for (guint i = 0; i < item->look->children->len; i++)
    g_queue_insert_before (&self->items, link, item_new (self, item->batch, g_ptr_array_index (item->look->children, i), NULL));
  if (item->look->more)
    refuse (self, item, _("It holds very many files: only the first of them were looked at."));
  g_queue_delete_link (&self->items, link);
  item_free (item);
}

/* Where the model takes no files another mode is chosen, by all that came together and not by the first of it: the first
   waits until it is clear which. FALSE: not yet. */
static gboolean
choose_slots (YjAttacher *self,
              Batch      *batch)
{
  guint counts[YJ_MEDIA_KIND_AUDIO + 1] = { 0 }, n = 0;
  gboolean waiting = FALSE;

  if (batch->draft == NULL || batch->draft != self->draft || has_slots (batch->draft))
    return TRUE;

  for (GList *l = self->items.head, *next; l != NULL; l = next)
    {
      Item *item = l->data;

      next = l->next;
      if (item->batch != batch)
        continue;
      waiting = waiting || item->look == NULL || item->look->children != NULL;
      if (item->look != NULL && item->look->children != NULL)
        unfold (self, l);
      else if (item->look != NULL && item->look->info != NULL && (guint) item->look->info->kind < G_N_ELEMENTS (counts))
        {
          counts[item->look->info->kind]++;
          n++;
        }
    }
  if (waiting && n < EVIDENT)
    return FALSE;

  if (n > 0)
    g_signal_emit (self, signals[SIGNAL_NEEDS_SLOTS], 0, counts[YJ_MEDIA_KIND_IMAGE], counts[YJ_MEDIA_KIND_VIDEO],
                   counts[YJ_MEDIA_KIND_AUDIO]);
  return TRUE;
}

static void settle (YjAttacher *self);

static gboolean
settle_cb (gpointer user_data)
{
  YjAttacher *self = user_data;

  self->settle_id = 0;
  settle (self);
  return G_SOURCE_REMOVE;
}

/* Takes over those at the head of the queue that are known, so that the order stays. All that shows the draft follows
   each file, so that only one goes into it before the window gets its turn. */
static void
settle (YjAttacher *self)
{
  Item *item;

  while ((item = g_queue_peek_head (&self->items)) != NULL && item->look != NULL && choose_slots (self, item->batch))
    {
      /* It was only glanced at, as there was no room; now there is. */
      if (item->batch->draft != NULL && item->look->glanced && item->look->info != NULL &&
          has_room (item->batch, (YjMediaKind) item->look->info->kind))
        {
          g_clear_pointer (&item->look, yj_attach_look_free);
          item->started = FALSE;
          break;
        }
      if (item->look->children != NULL)
        {
          unfold (self, self->items.head);
          continue;
        }
      g_queue_pop_head (&self->items);
      if (item->look->refusal != NULL)
        refuse (self, item, item->look->refusal);
      else if (item->batch->draft != NULL)
        {
          attach (self, item);
          item_free (item);
          if (self->settle_id == 0 && !g_queue_is_empty (&self->items))
            self->settle_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, settle_cb, self, NULL);
          break;
        }
      item_free (item);
    }

  start_some (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  YjAttachLook *look = yj_attach_look_finish (result, &error);
  Item *item = user_data;
  g_autoptr(YjAttacher) self = NULL;

  if (look == NULL)
    return;                     /* the item is gone with the attacher */

  self = g_object_ref (item->attacher);
  item->look = look;
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
      yj_attach_look_async (item->file, item->address,
                            item->batch->draft != NULL && !has_room (item->batch, YJ_MEDIA_KIND_IMAGE), self->cancellable,
                            looked_cb, item);
    }
}

static void
push (YjAttacher *self,
      Item       *item)
{
  if (g_queue_get_length (&self->items) >= MAX_ITEMS)
    {
      refuse (self, item, _("These are too many at once."));
      item_free (item);
      return;
    }
  g_queue_push_tail (&self->items, item);
}

/**
 * yj_attacher_add_to:
 * @self: an attacher with a draft
 * @files: (element-type GFile): places of any kind, and addresses on the web
 * @aim: where they were aimed
 *
 * Looks at the places and puts what is there into the draft. Files keep the order in which they were added; a folder
 * gives the media in it.
 */
void
yj_attacher_add_to (YjAttacher        *self,
                    GSList            *files,
                    const YjAttachAim *aim)
{
  Batch *batch;

  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (aim != NULL);

  batch = batch_new (self->draft, aim);
  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *uri = g_file_has_uri_scheme (l->data, "http") || g_file_has_uri_scheme (l->data, "https") ?
                             g_file_get_uri (l->data) : NULL;
      g_autofree char *base = uri == NULL ? g_file_get_basename (l->data) : NULL;

      if (base != NULL && g_str_has_suffix (base, YJ_RECIPE_FILE_ENDING))
        {
          g_signal_emit (self, signals[SIGNAL_RECIPE], 0, l->data);
          continue;
        }
      push (self, item_new (self, batch, uri == NULL ? l->data : NULL, uri));
    }
  batch_unref (batch);
  start_some (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/**
 * yj_attacher_add_address:
 * @self: an attacher with a draft
 * @address: an address for which yj_web_fetch_takes() is true
 * @aim: where it was aimed
 *
 * Fetches what is there and puts it into the draft.
 */
void
yj_attacher_add_address (YjAttacher        *self,
                         const char        *address,
                         const YjAttachAim *aim)
{
  Batch *batch;

  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (address != NULL && yj_web_fetch_takes (address));

  batch = batch_new (self->draft, aim);
  push (self, item_new (self, batch, NULL, address));
  batch_unref (batch);
  start_some (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/**
 * yj_attacher_add_named:
 * @self: an attacher with a draft
 * @file: a place of any kind
 * @name: what it is called instead of the file's name
 *
 * As yj_attacher_add_to() for one file, wherever it fits.
 */
void
yj_attacher_add_named (YjAttacher *self,
                       GFile      *file,
                       const char *name)
{
  Batch *batch;

  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (G_IS_FILE (file));

  batch = batch_new (self->draft, &(YjAttachAim) { -1, G_MAXUINT, NULL });
  batch->name = g_strdup (name);
  push (self, item_new (self, batch, file, NULL));
  batch_unref (batch);
  start_some (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}
