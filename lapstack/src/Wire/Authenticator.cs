using System.Security.Cryptography;
using Lapstack.Access;
using Lapstack.Ground;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Wire;

/// <summary>
/// Finds the caller. A key the emulator issued must be signed correctly and is its role; any other key, or none, is the
/// laptop's owner, whose secret the emulator does not know and so does not check.
/// </summary>
internal sealed class Authenticator(Sessions sessions, Account account, TimeProvider clock)
{
    /// <param name="body">Reads the body, asked only when its hash is not in a header.</param>
    /// <exception cref="ServiceError">The signature, the token or the time is wrong.</exception>
    public async Task<Caller> FindCallerAsync(
        SignatureScope? scope, HttpRequest request, string rawPath, Protocol protocol, Func<Task<byte[]>> body)
    {
        if (scope is { IsPresigned: true } && scope.SignedAt + scope.Expires < clock.GetUtcNow())
            throw new ServiceError("AccessDenied", "Request has expired", 403);
        if (scope is null || !Sessions.IsOurs(scope.AccessKeyId)) return Caller.Owner(account.Id);
        var session = sessions.Find(scope.AccessKeyId);
        if (session is null || session.Credentials.SessionToken != scope.SessionToken) throw Unknown(protocol);
        if (session.Credentials.Expiration < clock.GetUtcNow()) throw Expired(protocol);
        var hash = request.Headers["x-amz-content-sha256"].ToString();
        if (hash.Length == 0) hash = scope.IsPresigned ? "UNSIGNED-PAYLOAD" : Convert.ToHexStringLower(SHA256.HashData(await body()));
        if (!SigV4.Verify(scope, session.Credentials.SecretAccessKey, request, rawPath, hash)) throw Mismatch(protocol);
        return session.Caller;
    }

    private static bool IsJson(Protocol protocol) => protocol is Protocol.AwsJson10 or Protocol.AwsJson11;

    private static ServiceError Unknown(Protocol protocol) => protocol switch
    {
        Protocol.RestXml => new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403),
        Protocol.Query => new("InvalidClientTokenId", "The security token included in the request is invalid.", 403),
        _ => new("UnrecognizedClientException", "The security token included in the request is invalid.", IsJson(protocol) ? 400 : 403),
    };

    private static ServiceError Expired(Protocol protocol) => protocol switch
    {
        Protocol.RestXml => new("ExpiredToken", "The provided token has expired."),
        Protocol.Query => new("ExpiredToken", "The security token included in the request is expired", 403),
        _ => new("ExpiredTokenException", "The security token included in the request is expired", IsJson(protocol) ? 400 : 403),
    };

    private static ServiceError Mismatch(Protocol protocol)
    {
        const string message = "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.";
        return protocol is Protocol.RestXml or Protocol.Query
            ? new("SignatureDoesNotMatch", message, 403)
            : new("InvalidSignatureException", message, IsJson(protocol) ? 400 : 403);
    }
}
