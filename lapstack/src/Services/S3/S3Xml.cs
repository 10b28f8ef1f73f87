using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Lapstack.Wire;

namespace Lapstack.Services.S3;

/// <summary>S3's XML: its namespace, its quoted etags.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>The root with its descendants in S3's namespace.</summary>
    public static WireResponse Answer(string root, params object?[] content)
    {
        XNamespace ns = Namespace;
        var element = new XElement(root, content);
        foreach (var each in element.DescendantsAndSelf()) each.Name = ns + each.Name.LocalName;
        return WireResponse.Xml(element);
    }

    public static string Quoted(string etag) => $"\"{etag}\"";

    /// <summary>
    /// As S3 encodes keys when it is asked for <c>encoding-type=url</c>: a form's encoding, a blank is a plus sign,
    /// with slashes and asterisks as they are.
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
    /// </summary>
    public static string UrlEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || "-_./*".Contains((char)unit, StringComparison.Ordinal))
            {
                encoded.Append((char)unit);
            }
            else if (unit == ' ') encoded.Append('+');
            else encoded.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        return encoded.ToString();
    }

    /// <exception cref="ServiceError">MalformedXML or XAmzContentSHA256Mismatch.</exception>
    public static async Task<XElement> ReadAsync(WireRequest request, CancellationToken cancellation)
    {
        try
        {
            var bytes = await request.ReadBytesAsync(cancellation);
            Checksums.VerifySigned(request, SHA256.HashData(bytes));
            using var body = new MemoryStream(bytes);
            return await XElement.LoadAsync(body, LoadOptions.PreserveWhitespace, cancellation);
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    /// <summary>The children of this name, whatever their namespace: clients send both.</summary>
    public static IEnumerable<XElement> Children(this XElement parent, string name) =>
        parent.Elements().Where(e => e.Name.LocalName == name);

    /// <summary>The text of the first child of this name, null when there is none.</summary>
    public static string? Child(this XElement parent, string name) => parent.Children(name).FirstOrDefault()?.Value;
}
