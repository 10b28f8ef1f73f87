using System.Text.Json;

namespace Lapstack.State;

/// <summary>
/// Documents and blobs of one service. A write is atomic: a crash leaves the old content or the new, never half.
/// Names are relative paths with forward slashes; use <see cref="FileNames"/> for text that comes from outside.
/// </summary>
public sealed class ServiceState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.General) { WriteIndented = false };
    private readonly bool _ownerOnly;
    private int _temporary;

    internal ServiceState(string folder, bool ownerOnly = false)
    {
        Folder = folder;
        _ownerOnly = ownerOnly;
        Make(folder);
        DeleteUnfinished();
    }

    /// <summary>Absolute.</summary>
    public string Folder { get; }

    /// <summary>The absolute path of a name; its folder is created.</summary>
    public string PathOf(string name)
    {
        var path = Path.Combine(Folder, name);
        Make(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>
    /// Null (default) when there is no such document. A document that cannot be read is an error, never a default.
    /// </summary>
    /// <exception cref="StateException">It cannot be read.</exception>
    public T? Read<T>(string name)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path)) return default;
        try
        {
            // On Windows a file is replaced under a reader only if the reader lets it be deleted.
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return JsonSerializer.Deserialize<T>(stream, Json) ?? throw new JsonException("It is null.");
        }
        catch (Exception broken) when (broken is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StateException(
                $"The emulator's state in {path} cannot be read: {broken.Message} "
                + $"Mend the file, or delete the state folder {Path.GetDirectoryName(Folder)} to start afresh.",
                broken);
        }
    }

    public void Write<T>(string name, T document)
    {
        var temporary = NewTemporary();
        try
        {
            using (var stream = new FileStream(temporary, NewFile())) JsonSerializer.Serialize(stream, document, Json);
            Commit(temporary, name);
        }
        catch
        {
            // On a full disk what is half written would take up room until the next start.
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes a document or blob; one that is not there is fine.</summary>
    public void Delete(string name) => File.Delete(Path.Combine(Folder, name));

    /// <summary>The names under a folder, in ordinal order.</summary>
    public IReadOnlyList<string> List(string folder)
    {
        var path = Path.Combine(Folder, folder);
        if (!Directory.Exists(path)) return [];
        return [.. Directory.EnumerateFiles(path)
            .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The path of a file to write to; make it visible with <see cref="Commit"/>.</summary>
    public string NewTemporary() => PathOf($".tmp/{Environment.ProcessId}-{Interlocked.Increment(ref _temporary)}");

    /// <summary>Moves a finished temporary file to its name, replacing what is there, in one step.</summary>
    public void Commit(string temporary, string name) => File.Move(temporary, PathOf(name), overwrite: true);

    private void Make(string folder)
    {
        if (OperatingSystem.IsWindows() || !_ownerOnly)
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly.Folder);
        // One that an earlier start made, or the user, may be open to others.
        File.SetUnixFileMode(folder, OwnerOnly.Folder);
    }

    private FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && _ownerOnly) options.UnixCreateMode = OwnerOnly.File;
        return options;
    }

    // What a crash left half written was never visible to a reader.
    private void DeleteUnfinished()
    {
        var temporary = Path.Combine(Folder, ".tmp");
        if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
    }
}
