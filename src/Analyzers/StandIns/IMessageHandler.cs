#pragma warning disable IDE0130 // The author's namespace, as in Sdk.
namespace Jobs;
#pragma warning restore IDE0130

/// <summary>Sdk's interface by its name: what it asks of a handler takes what only a worker has.</summary>
internal interface IMessageHandler<T>;
