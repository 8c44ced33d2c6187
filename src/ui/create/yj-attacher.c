/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-attacher"

#include "yj-attacher.h"

#include <glib/gi18n.h>
#include <string.h>

#include "yj-attach-batch.h"
#include "yj-lineage.h"
#include "yj-recipe-file.h"
#include "yj-save.h"
#include "yj-web-fetch.h"

#define AT_ONCE 3               /* places looked at side by side */
#define MAX_NAME 60             /* characters of an address */
#define MAX_ITEMS 1000          /* that wait; more are not meant */
#define EVIDENT 3               /* files that are more than a first and a last frame, whatever comes after them */

typedef struct
{
  YjAttacher    *attacher;      /* unowned; the cancellable guards it */
  YjAttachBatch *batch;
  GFile         *file;          /* NULL for an address */
  char          *address;
  GFile         *spare;         /* ours: to be looked at if the address gives nothing; NULL: there is none */
  gboolean       ours;          /* the file: it is deleted unless it goes into the draft */
  gboolean       started;
  YjAttachLook  *look;          /* once done */
} Item;

struct _YjAttacher
{
  GObject       parent_instance;
  YjDraft      *draft;
  YjJobQueue   *queue;          /* NULL until there is one */
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
  SIGNAL_MENTION,
  SIGNAL_NEEDS_SLOTS,
  SIGNAL_RECIPE,
  N_SIGNALS,
} YjAttacherSignals;

static GParamSpec *props[PROP_BUSY + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjAttacher, yj_attacher, G_TYPE_OBJECT)

static void
item_free (Item *item)
{
  yj_attach_batch_unref (item->batch);
  if (item->ours)
    g_file_delete_async (item->file, G_PRIORITY_LOW, NULL, NULL, NULL);
  g_clear_object (&item->file);
  if (item->spare != NULL)
    g_file_delete_async (item->spare, G_PRIORITY_LOW, NULL, NULL, NULL);
  g_clear_object (&item->spare);
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
  g_clear_object (&self->queue);

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
   * YjAttacher::mention:
   * @file: a file of the draft
   * @mark: where it was put among the words of the prompt
   *
   * It is to be mentioned there.
   */
  signals[SIGNAL_MENTION] = g_signal_new ("mention", YJ_TYPE_ATTACHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, YJ_TYPE_DRAFT_FILE, GTK_TYPE_TEXT_MARK);
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

/* A video of ours by its prompt, as other programs get it: its file has a name that nobody gave it. */
static char *
dup_given_name (YjAttacher *self,
                const Item *item)
{
  GFile *file = item->look->file;
  YjJob *maker = self->queue != NULL ? yj_lineage_find_maker (self->queue, file) : NULL;
  g_autofree char *base = maker != NULL ? g_file_get_basename (file) : NULL;
  const char *dot = base != NULL ? strrchr (base, '.') : NULL;

  if (maker == NULL || (item->batch->name != NULL && !g_str_equal (item->batch->name, base)))
    return g_strdup (item->batch->name);
  return yj_save_dup_name (maker, dot != NULL ? dot : "");
}

/* Where the model has no word for it, there is nothing that the prompt could say. */
static void
mention (YjAttacher            *self,
         GtkTextMark           *mark,
         const YjAttachOutcome *outcome)
{
  g_autofree char *word = outcome->mentioned != NULL ? yj_draft_dup_mention (self->draft, outcome->mentioned) : NULL;

  if (word != NULL)
    g_signal_emit (self, signals[SIGNAL_MENTION], 0, outcome->mentioned, mark);
}

static void
attach (YjAttacher *self,
        Item       *item)
{
  YjDraft *draft = item->batch->draft;
  g_auto(YjAttachOutcome) outcome = { NULL, };
  g_autofree char *given = dup_given_name (self, item);

  yj_attach_batch_put (item->batch, item->look, given, &outcome);
  if (outcome.file != NULL)
    item->ours = FALSE;
  if (outcome.file == NULL && outcome.reason != NULL)
    refuse (self, item, outcome.reason);
  if (draft != self->draft)
    return;
  if (outcome.file == NULL)
    {
      mention (self, item->batch->mention, &outcome);
      return;
    }

  if (outcome.reason != NULL)
    {
      g_autofree char *name = dup_name (item);

      g_signal_emit (self, signals[SIGNAL_SET_ASIDE], 0, name, outcome.reason);
      return;
    }
  if (outcome.before != NULL)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0, outcome.before, outcome.file);
  if (item->look->note != NULL)
    g_signal_emit (self, signals[SIGNAL_NOTED], 0, item->look->note);
  g_signal_emit (self, signals[SIGNAL_ATTACHED], 0, outcome.file);
  mention (self, item->batch->mention, &outcome);
}

static Item *
item_new (YjAttacher    *self,
          YjAttachBatch *batch,
          GFile         *file,
          const char    *address)
{
  Item *item = g_new0 (Item, 1);

  item->attacher = self;
  item->batch = yj_attach_batch_ref (batch);
  yj_attach_batch_count (batch);
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
choose_slots (YjAttacher    *self,
              YjAttachBatch *batch)
{
  guint counts[YJ_MEDIA_KIND_AUDIO + 1] = { 0 }, n = 0;
  gboolean waiting = FALSE;

  if (batch->draft == NULL || batch->draft != self->draft || yj_attach_batch_has_slots (batch))
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
          yj_attach_batch_has_room (item->batch, (YjMediaKind) item->look->info->kind))
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
  self->running--;
  if (look->refusal != NULL && item->spare != NULL)
    {
      g_debug ("%s: %s", item->address, look->refusal);
      g_clear_pointer (&item->address, g_free);
      item->file = g_steal_pointer (&item->spare);
      item->ours = TRUE;
      item->started = FALSE;
      yj_attach_look_free (look);
      start_some (self);
      return;
    }
  item->look = look;
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
                            item->batch->draft != NULL && !yj_attach_batch_has_room (item->batch, YJ_MEDIA_KIND_IMAGE), self->cancellable,
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

static YjAttachBatch *
new_batch (YjAttacher        *self,
           const YjAttachAim *aim)
{
  return yj_attach_batch_new (aim->draft != NULL ? aim->draft : self->draft, aim);
}

/**
 * yj_attacher_set_queue:
 * @self: an attacher
 * @queue: (nullable): jobs, whose videos are called by their prompts
 */
void
yj_attacher_set_queue (YjAttacher *self,
                       YjJobQueue *queue)
{
  g_return_if_fail (YJ_IS_ATTACHER (self));

  g_set_object (&self->queue, queue);
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
  YjAttachBatch *batch;

  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (aim != NULL);

  batch = new_batch (self, aim);
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
  yj_attach_batch_unref (batch);
  start_some (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

/**
 * yj_attacher_add_address:
 * @self: an attacher with a draft
 * @address: (nullable): an address for which yj_web_fetch_takes() is true
 * @spare: (nullable): a file in our cache that shows the same, as who gave the address sees it; not %NULL without @address
 * @aim: where it was aimed
 *
 * Fetches what is there and puts it into the draft; if that gives nothing that can be used, @spare. It is deleted unless it
 * goes into the draft.
 */
void
yj_attacher_add_address (YjAttacher        *self,
                         const char        *address,
                         GFile             *spare,
                         const YjAttachAim *aim)
{
  YjAttachBatch *batch;
  Item *item;

  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (address != NULL ? yj_web_fetch_takes (address) : spare != NULL);

  batch = new_batch (self, aim);
  item = item_new (self, batch, address == NULL ? spare : NULL, address);
  item->ours = address == NULL;
  if (address != NULL)
    g_set_object (&item->spare, spare);
  push (self, item);
  yj_attach_batch_unref (batch);
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
  YjAttachBatch *batch;

  g_return_if_fail (YJ_IS_ATTACHER (self));
  g_return_if_fail (G_IS_FILE (file));

  batch = yj_attach_batch_new (self->draft, &(YjAttachAim) { .role = -1, .position = G_MAXUINT });
  yj_attach_batch_set_name (batch, name);
  push (self, item_new (self, batch, file, NULL));
  yj_attach_batch_unref (batch);
  start_some (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}
