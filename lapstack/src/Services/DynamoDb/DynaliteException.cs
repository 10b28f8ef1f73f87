namespace Lapstack.Services.DynamoDb;

/// <summary>The local DynamoDB cannot be installed or started. The message has the remedy.</summary>
public sealed class DynaliteException(string message, Exception? inner = null) : Exception(message, inner);
