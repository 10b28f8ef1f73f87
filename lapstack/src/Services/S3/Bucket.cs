using System.Globalization;
using Lapstack.State;

namespace Lapstack.Services.S3;

/// <summary>
/// A bucket: every version of every key, in memory and on disk. A change is on disk before it is seen.
/// </summary>
internal sealed class Bucket
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, List<ObjectVersion>> _keys = new(KeyOrder.Instance);
    private readonly ServiceState _state;
    private readonly TimeProvider _clock;
    private long _lastSequence;

    public Bucket(string name, ServiceState state, TimeProvider clock)
    {
        Name = name;
        _state = state;
        _clock = clock;
        foreach (var document in state.List(Folder))
        {
            var version = state.Read<ObjectVersion>(document)!;
            Versions(version.Key).Add(version);
            _lastSequence = Math.Max(
                _lastSequence, long.Parse(version.Sequencer, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        foreach (var versions in _keys.Values) versions.Sort((a, b) => string.CompareOrdinal(b.Sequencer, a.Sequencer));
    }

    public string Name { get; }

    public string Arn => $"arn:aws:s3:::{Name}";

    /// <summary>What the template says of it, and who may use it.</summary>
    public BucketSettings Settings { get; init; } = BucketSettings.None;

    /// <summary>Whether objects get version ids; otherwise there is one version of each, <c>null</c>.</summary>
    public bool Versioned { get; set; }

    /// <summary>Whether every change is an event on the bus.</summary>
    public bool EventBridge { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    private string Folder => $"buckets/{Name}";

    /// <summary>The newest version, which may be a delete marker; null when the key was never written.</summary>
    public ObjectVersion? Newest(string key)
    {
        lock (_gate) return _keys.GetValueOrDefault(key)?[0];
    }

    public ObjectVersion? Find(string key, string versionId)
    {
        lock (_gate) return _keys.GetValueOrDefault(key)?.Find(v => v.VersionId == versionId);
    }

    /// <summary>
    /// Adds a version, or replaces the one of the same id, if <paramref name="condition"/> holds for the newest at this
    /// moment.
    /// </summary>
    /// <param name="make">Gets the sequencer and the time; the id must be unique, or
    /// <see cref="ObjectVersion.NullVersion"/>.</param>
    /// <param name="condition">Throws when it does not hold; null for none.</param>
    /// <returns>The new version, and the one it replaced.</returns>
    public (ObjectVersion Added, ObjectVersion? Replaced) Add(
        Func<string, DateTimeOffset, ObjectVersion> make, Action<ObjectVersion?>? condition, string key)
    {
        lock (_gate)
        {
            condition?.Invoke(_keys.GetValueOrDefault(key)?[0] is { IsDeleteMarker: false } newest ? newest : null);
            var now = _clock.GetUtcNow();
            var version = make(NextSequencer(now), now);
            _state.Write(Document(version), version);
            var versions = Versions(key);
            var replaced = versions.Find(v => v.VersionId == version.VersionId);
            if (replaced is not null) versions.Remove(replaced);
            versions.Insert(0, version);
            return (version, replaced);
        }
    }

    /// <summary>Changes what is said of a version; null when it is not there, or is a delete marker.</summary>
    /// <param name="versionId">Null for the newest.</param>
    public ObjectVersion? Change(string key, string? versionId, Func<ObjectVersion, ObjectVersion> change)
    {
        lock (_gate)
        {
            if (!_keys.TryGetValue(key, out var versions)) return null;
            var place = versionId is null ? 0 : versions.FindIndex(v => v.VersionId == versionId);
            if (place < 0 || versions[place].IsDeleteMarker) return null;
            var changed = change(versions[place]);
            _state.Write(Document(changed), changed);
            return versions[place] = changed;
        }
    }

    /// <summary>Removes one version for good; null when it is not there.</summary>
    public (ObjectVersion Removed, string Sequencer)? Remove(string key, string versionId)
    {
        lock (_gate)
        {
            if (!_keys.TryGetValue(key, out var versions)
                || versions.Find(v => v.VersionId == versionId) is not { } version)
            {
                return null;
            }

            _state.Delete(Document(version));
            versions.Remove(version);
            if (versions.Count == 0) _keys.Remove(key);
            return (version, NextSequencer(_clock.GetUtcNow()));
        }
    }

    /// <summary>Every version in listing order: by key, the newest first.</summary>
    public IReadOnlyList<ObjectVersion> AllVersions()
    {
        lock (_gate) return [.. _keys.Values.SelectMany(v => v)];
    }

    /// <summary>The newest versions that are not delete markers, by key.</summary>
    public IReadOnlyList<ObjectVersion> Current()
    {
        lock (_gate) return [.. _keys.Values.Select(v => v[0]).Where(v => !v.IsDeleteMarker)];
    }

    private List<ObjectVersion> Versions(string key)
    {
        if (!_keys.TryGetValue(key, out var versions)) _keys[key] = versions = [];
        return versions;
    }

    private string Document(ObjectVersion version) =>
        $"{Folder}/{FileNames.Hash(version.Key)}-{version.VersionId}.json";

    // Hexadecimal and growing for a key, also when the clock does not move.
    private string NextSequencer(DateTimeOffset now)
    {
        _lastSequence = Math.Max(_lastSequence + 1, now.UtcTicks);
        return _lastSequence.ToString("X18", CultureInfo.InvariantCulture);
    }
}
