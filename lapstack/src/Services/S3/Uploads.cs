using System.Globalization;
using Lapstack.State;

namespace Lapstack.Services.S3;

/// <summary>
/// Multipart uploads under way, on disk: one that was begun before a restart can be completed after it.
/// </summary>
internal sealed class Uploads(StateFolder state)
{
    private readonly ServiceState _state = state.For("s3");

    public void Begin(Upload upload) => _state.Write($"uploads/{upload.Id}.json", upload);

    /// <exception cref="Wire.ServiceError">NoSuchUpload.</exception>
    public Upload Get(string id, string bucket, string key)
    {
        // Ids are letters and digits; anything else never was one and must not become a path.
        var upload = id.All(char.IsAsciiLetterOrDigit) ? _state.Read<Upload>($"uploads/{id}.json") : null;
        return upload is not null && upload.Bucket == bucket && upload.Key == key
            ? upload
            : throw S3Errors.NoSuchUpload(id);
    }

    /// <summary>The uploads of a bucket by key and age.</summary>
    public IEnumerable<Upload> Of(string bucket) => _state.List("uploads")
        .Select(d => _state.Read<Upload>(d)!).Where(u => u.Bucket == bucket)
        .OrderBy(u => u.Key, KeyOrder.Instance).ThenBy(u => u.Initiated);

    /// <summary>Stores a part and returns the one of the same number it replaces.</summary>
    public UploadPart? Put(Upload upload, UploadPart part)
    {
        var document = Document(upload, part.Number);
        var replaced = _state.Read<UploadPart>(document);
        _state.Write(document, part);
        return replaced;
    }

    /// <summary>By number.</summary>
    public IReadOnlyList<UploadPart> Parts(Upload upload) =>
        [.. _state.List(Folder(upload)).Select(d => _state.Read<UploadPart>(d)!)];

    /// <summary>Forgets the upload; its blobs are the caller's to keep or delete.</summary>
    public void End(Upload upload)
    {
        _state.Delete($"uploads/{upload.Id}.json");
        foreach (var document in _state.List(Folder(upload))) _state.Delete(document);
    }

    private static string Folder(Upload upload) => $"parts/{upload.Id}";

    private static string Document(Upload upload, int number) =>
        $"{Folder(upload)}/{number.ToString("D5", CultureInfo.InvariantCulture)}.json";
}
