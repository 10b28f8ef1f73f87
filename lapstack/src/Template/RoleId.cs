using System.Security.Cryptography;
using System.Text;

namespace Lapstack.Template;

/// <summary>The unique id of a role (<c>AROA…</c>), derived from its ARN so that it survives restarts.</summary>
public static class RoleId
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>21 characters, as IAM gives them.</summary>
    public static string Of(string roleArn)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(roleArn));
        return "AROA" + string.Concat(hash.Take(17).Select(b => Base32[b & 31]));
    }
}
