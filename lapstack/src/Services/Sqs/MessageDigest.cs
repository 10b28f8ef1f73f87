using System.Security.Cryptography;
using System.Text;

namespace Lapstack.Services.Sqs;

/// <summary>SQS's digests, which clients compare with their own.</summary>
internal static class MessageDigest
{
    public static string Md5(string text) => Md5(Encoding.UTF8.GetBytes(text));

#pragma warning disable CA5351 // MD5 is what the protocol says; it guards against damage, not against people.
    public static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
