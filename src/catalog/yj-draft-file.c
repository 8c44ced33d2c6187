/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-draft-private.h"

/* YjDraftFile: a file attached to a draft, with what is known of it. Signal changed () when more is known. */
struct _YjDraftFile
{
  GObject      parent_instance;
  GFile       *file;
  YjMediaKind  kind;
  char        *content_type;
  char        *id;
  char        *name;
  YjSlotRole   home;
  YjFileState  state;
  gint64       size;            /* bytes */
  gint64       stamp;           /* µs since 1970, 0 for unknown */
  char        *digest;          /* of its bytes, NULL for unknown */
  int          width;           /* px */
  int          height;
  gint64       duration;        /* ns */
  double       frame_rate;
  char        *video_codec;
  char        *audio_codec;
  gboolean     alpha;
  char        *origin;
};

typedef enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
} YjDraftFileSignals;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjDraftFile, yj_draft_file, G_TYPE_OBJECT)

static void
yj_draft_file_finalize (GObject *object)
{
  YjDraftFile *self = YJ_DRAFT_FILE (object);

  g_clear_object (&self->file);
  g_free (self->content_type);
  g_free (self->digest);
  g_free (self->id);
  g_free (self->name);
  g_free (self->video_codec);
  g_free (self->audio_codec);
  g_free (self->origin);

  G_OBJECT_CLASS (yj_draft_file_parent_class)->finalize (object);
}

static void
yj_draft_file_class_init (YjDraftFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_draft_file_finalize;

  /**
   * YjDraftFile::changed:
   *
   * More is known of the file.
   */
  signals[SIGNAL_CHANGED] = g_signal_new (YJ_DRAFT_FILE_CHANGED, YJ_TYPE_DRAFT_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
yj_draft_file_init (YjDraftFile *self)
{
}

/**
 * yj_draft_file_new:
 * @file: where it is
 * @kind: what it is
 * @content_type: (nullable): its sniffed type, such as `image/jpeg`
 *
 * Returns: (transfer full): a file to attach
 */
YjDraftFile *
yj_draft_file_new (GFile       *file,
                   YjMediaKind  kind,
                   const char  *content_type)
{
  YjDraftFile *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (YJ_TYPE_DRAFT_FILE, NULL);
  self->file = g_object_ref (file);
  self->kind = kind;
  self->content_type = g_strdup (content_type);
  self->id = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());

  return self;
}

/**
 * yj_draft_file_get_file:
 * @self: an attached file
 *
 * Returns: (transfer none): where it is
 */
GFile *
yj_draft_file_get_file (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  return self->file;
}

/**
 * yj_draft_file_get_kind:
 * @self: an attached file
 *
 * Returns: what it is
 */
YjMediaKind
yj_draft_file_get_kind (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), YJ_MEDIA_KIND_UNKNOWN);

  return self->kind;
}

/**
 * yj_draft_file_get_content_type:
 * @self: an attached file
 *
 * Returns: (transfer none) (nullable): its media type
 */
const char *
yj_draft_file_get_content_type (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  return self->content_type;
}

/**
 * yj_draft_file_set_content_type:
 * @self: an attached file
 * @content_type: (nullable): its sniffed type, such as `image/jpeg`
 *
 * Keeps what a probe found; drafts that hold the file change.
 */
void
yj_draft_file_set_content_type (YjDraftFile *self,
                                const char  *content_type)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (g_set_str (&self->content_type, content_type))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_set_facts:
 * @self: an attached file
 * @size: bytes, 0 for unknown as all others
 * @width: px
 * @height: px
 * @duration: ns
 *
 * Keeps what a probe found; drafts that hold the file change.
 */
void
yj_draft_file_set_facts (YjDraftFile *self,
                         gint64       size,
                         int          width,
                         int          height,
                         gint64       duration)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (self->size == size && self->width == width && self->height == height && self->duration == duration)
    return;

  self->size = size;
  self->width = width;
  self->height = height;
  self->duration = duration;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_set_stamp:
 * @self: an attached file
 * @stamp: when it was last written or put there, µs since 1970; 0 for unknown
 *
 * To which state of the file on disk the facts belong. Drafts that hold the file change.
 */
void
yj_draft_file_set_stamp (YjDraftFile *self,
                         gint64       stamp)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (self->stamp == stamp)
    return;

  self->stamp = stamp;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_get_stamp:
 * @self: an attached file
 *
 * Returns: as yj_draft_file_set_stamp() was told, 0 for unknown
 */
gint64
yj_draft_file_get_stamp (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), 0);

  return self->stamp;
}

/**
 * yj_draft_file_set_digest:
 * @self: an attached file
 * @digest: (nullable): the same for two files only where their bytes are the same; %NULL for unknown
 *
 * By what the lint knows that a file is attached twice. Drafts that hold the file change.
 */
void
yj_draft_file_set_digest (YjDraftFile *self,
                          const char  *digest)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (g_set_str (&self->digest, digest))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_get_digest:
 * @self: an attached file
 *
 * Returns: (transfer none) (nullable): as yj_draft_file_set_digest() was told
 */
const char *
yj_draft_file_get_digest (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  return self->digest;
}

/**
 * yj_draft_file_set_state:
 * @self: an attached file
 * @state: whether it can still be had
 *
 * Drafts that hold the file change.
 */
void
yj_draft_file_set_state (YjDraftFile *self,
                         YjFileState  state)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (self->state == state)
    return;

  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_get_state:
 * @self: an attached file
 *
 * Returns: whether it can still be had, as far as known
 */
YjFileState
yj_draft_file_get_state (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), YJ_FILE_THERE);

  return self->state;
}

/**
 * yj_draft_file_set_frame_rate:
 * @self: an attached clip
 * @frame_rate: frames per second, 0 for unknown
 *
 * Keeps what a probe found; drafts that hold the file change.
 */
void
yj_draft_file_set_frame_rate (YjDraftFile *self,
                              double       frame_rate)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (G_APPROX_VALUE (self->frame_rate, frame_rate, 0.0001))
    return;

  self->frame_rate = frame_rate;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_set_alpha:
 * @self: an attached picture
 * @alpha: whether it says of each pixel how far it shines through, be they all opaque; %FALSE also for unknown
 *
 * Keeps what a probe found; drafts that hold the file change.
 */
void
yj_draft_file_set_alpha (YjDraftFile *self,
                         gboolean     alpha)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (self->alpha == !!alpha)
    return;

  self->alpha = !!alpha;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_get_alpha:
 * @self: an attached file
 *
 * Returns: as yj_draft_file_set_alpha() was told
 */
gboolean
yj_draft_file_get_alpha (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), FALSE);

  return self->alpha;
}

/**
 * yj_draft_file_set_codecs:
 * @self: an attached clip or sound
 * @video: (nullable): how its pictures are coded, such as `H.264`; %NULL for none or unknown
 * @audio: (nullable): how its sound is coded, such as `AAC`; %NULL for none or unknown
 *
 * Keeps what a probe found; drafts that hold the file change.
 */
void
yj_draft_file_set_codecs (YjDraftFile *self,
                          const char  *video,
                          const char  *audio)
{
  gboolean changed;

  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  changed = g_set_str (&self->video_codec, video);
  if (g_set_str (&self->audio_codec, audio) || changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_get_video_codec:
 * @self: an attached file
 *
 * Returns: (transfer none) (nullable): how its pictures are coded, such as `H.264`; %NULL when unknown or no clip
 */
const char *
yj_draft_file_get_video_codec (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  return self->video_codec;
}

/**
 * yj_draft_file_get_audio_codec:
 * @self: an attached file
 *
 * Returns: (transfer none) (nullable): how its sound is coded, such as `AAC`; %NULL when unknown or silent
 */
const char *
yj_draft_file_get_audio_codec (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  return self->audio_codec;
}

/**
 * yj_draft_file_get_size:
 * @self: an attached file
 *
 * Returns: its bytes, 0 when unknown
 */
gint64
yj_draft_file_get_size (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), 0);

  return self->size;
}

/**
 * yj_draft_file_get_width:
 * @self: an attached file
 *
 * Returns: px as shown, 0 when unknown or a sound
 */
int
yj_draft_file_get_width (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), 0);

  return self->width;
}

/**
 * yj_draft_file_get_height:
 * @self: an attached file
 *
 * Returns: px as shown, 0 when unknown or a sound
 */
int
yj_draft_file_get_height (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), 0);

  return self->height;
}

/**
 * yj_draft_file_get_duration:
 * @self: an attached file
 *
 * Returns: ns, 0 when unknown or a picture
 */
gint64
yj_draft_file_get_duration (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), 0);

  return self->duration;
}

/**
 * yj_draft_file_get_frame_rate:
 * @self: an attached file
 *
 * Returns: frames per second, 0 when unknown or no clip
 */
double
yj_draft_file_get_frame_rate (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), 0);

  return self->frame_rate;
}

/**
 * yj_draft_file_get_id:
 * @self: an attached file
 *
 * Returns: (transfer none): by what a prompt knows it: the same wherever it is moved, and after a restart
 */
const char *
yj_draft_file_get_id (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  return self->id;
}

void
yj_draft_file_set_id (YjDraftFile *self,
                      const char  *id)
{
  g_set_str (&self->id, id);
}

/**
 * yj_draft_file_get_name:
 * @self: an attached file
 *
 * Returns: (transfer none): what people call it: the name that was set, else that of the file
 */
const char *
yj_draft_file_get_name (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  if (self->name == NULL)
    {
      g_autofree char *base = g_file_get_basename (self->file);

      self->name = base != NULL ? g_filename_display_name (base) : g_file_get_uri (self->file);
    }
  return self->name;
}

/**
 * yj_draft_file_set_name:
 * @self: an attached file
 * @name: (nullable): what people call it; %NULL: the name of the file
 *
 * For a file that lies under another name than the person's, as in the library.
 */
void
yj_draft_file_set_name (YjDraftFile *self,
                        const char  *name)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  if (g_set_str (&self->name, name))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * yj_draft_file_stand_for:
 * @self: a file that is not attached yet
 * @other: the file in whose place it comes
 *
 * Gives @self the identity, the name and the home of @other: what mentions @other means @self from then on.
 */
void
yj_draft_file_stand_for (YjDraftFile *self,
                         YjDraftFile *other)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));
  g_return_if_fail (YJ_IS_DRAFT_FILE (other));

  g_set_str (&self->id, other->id);
  g_set_str (&self->name, yj_draft_file_get_name (other));
  self->home = other->home;
}

/**
 * yj_draft_file_get_origin:
 * @self: an attached file
 *
 * Returns: (transfer none) (nullable): of what it was made, as yj_draft_file_set_origin() was told
 */
const char *
yj_draft_file_get_origin (YjDraftFile *self)
{
  g_return_val_if_fail (YJ_IS_DRAFT_FILE (self), NULL);

  return self->origin;
}

/**
 * yj_draft_file_set_origin:
 * @self: a file that is not attached yet
 * @origin: (nullable): of what it was made, in the words of those who ask for it again
 *
 * Goes into the draft's JSON with the file.
 */
void
yj_draft_file_set_origin (YjDraftFile *self,
                          const char  *origin)
{
  g_return_if_fail (YJ_IS_DRAFT_FILE (self));

  g_set_str (&self->origin, origin);
}

YjSlotRole
yj_draft_file_get_home (YjDraftFile *self)
{
  return self->home;
}

void
yj_draft_file_set_home (YjDraftFile *self,
                        YjSlotRole   home)
{
  self->home = home;
}
