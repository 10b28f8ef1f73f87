using System.Security.Cryptography;
using System.Text;

namespace Lapstack.State;

/// <summary>File names for text that comes from outside, such as object keys.</summary>
public static class FileNames
{
    /// <summary>A name of fixed length, valid on every file system, different for different text.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40];
}
