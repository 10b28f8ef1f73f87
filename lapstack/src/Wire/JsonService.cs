using System.Text.Json.Nodes;
using Lapstack.Access;

namespace Lapstack.Wire;

/// <summary>A service of the AWS JSON protocols: a table from operation name to a reader.</summary>
public abstract class JsonService(string name, string targetPrefix, Protocol protocol) : IService
{
    private readonly Dictionary<string, Func<JsonCall, Operation>> _readers = new(StringComparer.Ordinal);

    public string Name => name;

    public string TargetPrefix => targetPrefix;

    public Protocol Protocol => protocol;

    public virtual string ErrorPrefix => "";

    public virtual bool TakesSecrets => false;

    public virtual async Task<Operation> ReadAsync(WireRequest request, CancellationToken cancellation)
    {
        var target = request.Header("X-Amz-Target") ?? "";
        var operation = target[(target.LastIndexOf('.') + 1)..];
        if (!_readers.TryGetValue(operation, out var read))
        {
            throw ServiceError.Unsupported(
                name, operation.Length > 0 ? operation : $"{request.Method} {request.RawPath}");
        }

        var input = await request.ReadJsonAsync(cancellation);
        return read(new JsonCall(operation, input, request, protocol));
    }

    public virtual ServiceError Denial(AccessRefusal refusal) => new("AccessDeniedException", refusal.Sentence);

    /// <summary>Called from the constructor, once per operation.</summary>
    protected void Add(string operation, Func<JsonCall, Operation> read) => _readers.Add(operation, read);
}
