using Integr8sCode.Transfers;

namespace Integr8sCode.Mongo;

public sealed class MongoTransferTests() : TransferTests(new MongoTestStores());
