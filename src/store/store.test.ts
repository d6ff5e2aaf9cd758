import { describeStores } from '../../test/database.ts'
import { storeContract } from './store.contract.ts'

describeStores('the store', storeContract)
