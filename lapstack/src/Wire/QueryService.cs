using Lapstack.Access;

namespace Lapstack.Wire;

/// <summary>A service of the Query protocol: a table from the form's <c>Action</c> to a reader.</summary>
public abstract class QueryService(string name, string xmlNamespace) : IService
{
    private readonly Dictionary<string, Func<QueryCall, Operation>> _readers = new(StringComparer.Ordinal);

    public string Name => name;

    public Protocol Protocol => Protocol.Query;

    public string XmlNamespace => xmlNamespace;

    public async Task<Operation> ReadAsync(WireRequest request, CancellationToken cancellation)
    {
        var fields = await request.ReadFormAsync(cancellation);
        var action = fields.GetValueOrDefault("Action") ?? $"{request.Method} {request.RawPath}";
        if (!_readers.TryGetValue(action, out var read)) throw ServiceError.Unsupported(name, action);
        return read(new QueryCall(action, fields, request, xmlNamespace));
    }

    public virtual ServiceError Denial(AccessRefusal refusal) => new("AccessDenied", refusal.Sentence, 403);

    /// <summary>Called from the constructor, once per operation.</summary>
    protected void Add(string operation, Func<QueryCall, Operation> read) => _readers.Add(operation, read);
}
