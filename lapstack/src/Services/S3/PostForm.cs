using System.Text;
using Lapstack.Wire;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Lapstack.Services.S3;

/// <summary>
/// A browser's upload: fields, and the file as the last of them.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
/// </summary>
/// <param name="Fields">By name in any case, without the file.</param>
/// <param name="FileName">As the browser says it.</param>
/// <param name="File">To be read at most once.</param>
internal sealed record PostForm(IReadOnlyDictionary<string, string> Fields, string FileName, Stream File)
{
    /// <summary>Of all fields before the file, in bytes.</summary>
    private const int MostBytes = 20 * 1024;

    /// <exception cref="ServiceError">It is no such form.</exception>
    public static async Task<PostForm> ReadAsync(WireRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Header("Content-Type"), out var type)
            || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            throw new ServiceError(
                "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart/form-data", 412);
        }
        var reader = new MultipartReader(boundary.ToString(), request.Body);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var left = MostBytes;
        while (await WholeAsync(() => reader.ReadNextSectionAsync(cancellation)) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                throw Malformed();
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
                return new PostForm(
                    fields, HeaderUtilities.RemoveQuotes(disposition.FileName).ToString(), section.Body);
            fields[name] = await WholeAsync(() => TextAsync(section.Body, left, cancellation));
            left -= fields[name].Length;
        }
        throw S3Errors.InvalidArgument("POST requires exactly one file upload per request.", "file", "0");
    }

    private static async Task<T> WholeAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            throw Malformed();
        }
    }

    private static ServiceError Malformed() =>
        new("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");

    private static async Task<string> TextAsync(Stream body, int most, CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            text.Write(buffer, 0, read);
            if (text.Length > most)
            {
                throw new ServiceError(
                    "MaxPostPreDataLengthExceeded",
                    "Your POST request fields preceding the upload file were too large.");
            }
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
