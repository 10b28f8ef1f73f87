using System.Security.Cryptography;
using Lapstack.Access;
using Lapstack.Ground;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Wire;

/// <summary>
/// Finds the caller. A key the emulator issued must be signed correctly and is its role; any other key, or none, is the
/// laptop's owner, whose secret the emulator does not know and so does not check. What is signed in a way that cannot
/// be verified here is refused, so that no issued key passes for the owner's.
/// </summary>
internal sealed class Authenticator(Sessions sessions, Account account, TimeProvider clock)
{
    private const string Unsigned = "UNSIGNED-PAYLOAD";
    private const string HashHeader = "x-amz-content-sha256";

    /// <param name="body">Reads the body; not asked for S3's, which stream and are checked as they do.</param>
    /// <exception cref="ServiceError">The signature, the token, the body or the time is wrong.</exception>
    public async Task<Caller> FindCallerAsync(
        SignatureScope? scope, HttpRequest request, string rawPath, Protocol protocol, Func<Task<byte[]>> body)
    {
        if (SignatureScope.FaultOf(request) is { } fault)
            throw SignatureErrors.Of(fault, SignatureScope.IsQuerySigned(request), protocol);
        if (scope is { IsPresigned: true, SignedAt: { } signedAt } && clock.GetUtcNow() - signedAt > scope.Expires)
            throw new ServiceError("AccessDenied", "Request has expired", 403);
        var hash = protocol == Protocol.RestXml
            ? HashOfS3(scope, request)
            : await HashOfBodyAsync(request, protocol, body);
        if (scope is null || !Sessions.IsOurs(scope.AccessKeyId)) return Caller.Owner(account.Id);
        if (scope.SignedAt is null) throw SignatureErrors.Of(SignatureFault.Date, scope.IsPresigned, protocol);
        if (hash.Length == 0) throw SignatureErrors.NoContentHash();
        var session = sessions.Find(scope.AccessKeyId);
        if (session?.Credentials is not { } known || known.SessionToken != scope.SessionToken)
            throw SignatureErrors.UnknownKey(protocol);
        if (known.Expiration < clock.GetUtcNow()) throw SignatureErrors.ExpiredToken(protocol);
        if (!SigV4.Verify(scope, known.SecretAccessKey, request, rawPath, hash))
        {
            throw SignatureErrors.Mismatch(protocol);
        }

        return session.Caller;
    }

    /// <summary>What S3's client says of its body, which S3 compares when it has come; empty for nothing.</summary>
    private static string HashOfS3(SignatureScope? scope, HttpRequest request)
    {
        var said = request.Headers[HashHeader].ToString();
        if (said.Length == 0) return scope is { IsPresigned: true } ? Unsigned : "";
        var isHash = said.Length == 2 * SHA256.HashSizeInBytes && said.All(char.IsAsciiHexDigitLower);
        return isHash || said == Unsigned || said.StartsWith("STREAMING-", StringComparison.Ordinal)
            ? said
            : throw SignatureErrors.InvalidContentHash();
    }

    /// <summary>
    /// Other services hash the body themselves, so a client that hashed another one has a wrong signature.
    /// </summary>
    private static async Task<string> HashOfBodyAsync(HttpRequest request, Protocol protocol, Func<Task<byte[]>> body)
    {
        var said = request.Headers[HashHeader].ToString();
        var bytes = await body();
        var hash = said == Unsigned ? said : Convert.ToHexStringLower(SHA256.HashData(bytes));
        return said.Length == 0 || said == hash ? hash : throw SignatureErrors.Mismatch(protocol);
    }
}
